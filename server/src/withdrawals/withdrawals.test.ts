import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { systemAccount } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { change, changeSettings, type SettingChange } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { type Address, addressOfKey, addressToHex } from '../chain/address.ts';
import { intendWithdrawal } from './intend-withdrawal.ts';
import { sendWithdrawals } from './send-withdrawals.ts';

let desk: GraphqlDesk;
let bot: GraphqlCaller;
let finance: GraphqlCaller;
let treasury: { id: string; address: Address };

beforeEach(async () => {
  desk = await GraphqlDesk.start();
  bot = await desk.client('BOT');
  finance = await desk.operator('FINANCE');
  treasury = await desk.core.wallet(1n, 'treasury');
  desk.core.payoutOwners.push(treasury.address);
  await desk.core.control('fund', { address: treasury.address, sun: (9_000n * UNIT).toString() });
  await desk.core.blocks(4);
  await set(
    change('upkeep.treasuryWallet', treasury.address),
    change('withdrawals.newAddressSeconds', 0),
  );
});
afterEach(async () => {
  await expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url);
  await desk.stop();
});

function set(...changes: SettingChange[]): Promise<unknown> {
  const { database, actor } = desk.core;
  return database.transaction(actor, (em) => changeSettings(em, actor, changes, 'test'));
}

const FIELDS = `id state origin amount { amount } fee { amount } activationFee { amount }
  received { amount currency } address waitsBecause notBefore problem txid decisionReason
  requestedBy { kind id } decidedBy { id } user { telegramId } operation { id kind purpose state }
  history { from to }`;

interface Withdrawn {
  id: string;
  state: string;
  fee: { amount: string };
  activationFee: { amount: string };
  received: { amount: string };
  waitsBecause: string | null;
  problem: string | null;
  txid: string | null;
  decidedBy: { id: string } | null;
  operation: { kind: string; purpose: string; state: string } | null;
  history: { from: string | null; to: string }[];
}

const WITHDRAW = `mutation ($input: WithdrawInput!) { withdraw(input: $input) { ${FIELDS} } }`;

async function ask(
  telegramId: bigint,
  amount: string,
  address: string,
  more: { by?: GraphqlCaller; clientId?: string; currency?: string } = {},
): Promise<Withdrawn> {
  const { by = bot, clientId = desk.core.ids.next(), currency = 'TRX' } = more;
  const input = {
    user: { telegramId: telegramId.toString() },
    amount,
    currency,
    address,
    clientId,
  };
  return (await by.request<{ withdraw: Withdrawn }>(WITHDRAW, { input })).withdraw;
}

function refusal(
  telegramId: bigint,
  amount: string,
  address: string,
  more: { clientId?: string; currency?: string } = {},
): Promise<{ code?: string; message: string; details?: unknown; field?: string }> {
  const { clientId = desk.core.ids.next(), currency = 'TRX' } = more;
  const input = {
    user: { telegramId: telegramId.toString() },
    amount,
    currency,
    address,
    clientId,
  };
  return bot.refusal(WITHDRAW, { input }) as Promise<{ code?: string; message: string }>;
}

async function read(id: string, by = bot): Promise<Withdrawn> {
  const { withdrawal } = await by.request<{ withdrawal: Withdrawn }>(
    `query ($id: ID!) { withdrawal(id: $id) { ${FIELDS} } }`,
    { id },
  );
  return withdrawal;
}

function decide(verb: 'approve' | 'reject' | 'cancel', id: string): string {
  return `mutation { ${verb}Withdrawal(input: { id: "${id}", reason: "looked at" }) { ${FIELDS} } }`;
}

async function balance(telegramId: bigint): Promise<{ available: string; held: string }> {
  const { user } = await bot.request<{
    user: { balances: { currency: string; available: string; held: string }[] };
  }>(
    `query ($t: String) { user(ref: { telegramId: $t }) { balances { currency available held } } }`,
    { t: telegramId.toString() },
  );
  const row = present(
    user.balances.find(({ currency }) => currency === 'TRX'),
    'balance',
  );
  return { available: row.available, held: row.held };
}

/** Payments that the chain has executed from the treasury to an address, in sun. */
async function paidTo(address: Address): Promise<string[]> {
  const { entries } = (await desk.core.control('record', { owners: [treasury.address] })) as {
    entries: { kind: string; receiver?: string; amount?: string }[];
  };
  const hex = addressToHex(address);
  return entries
    .filter(({ kind, receiver }) => kind === 'transfer' && receiver === hex)
    .map(({ amount }) => amount ?? '');
}

describe('a withdrawal', () => {
  it('is held, sent, and settled when its block is solid, with every step told', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const asked = await ask(user, '100', address);
    expect(asked).toMatchObject({
      state: 'APPROVED',
      fee: { amount: '1' },
      activationFee: { amount: '0' },
      received: { amount: '99', currency: 'TRX' },
      waitsBecause: null,
      operation: null,
    });
    expect(await balance(user)).toEqual({ available: '400', held: '100' });
    expect(await paidTo(address)).toEqual([]);

    await desk.core.look();
    await desk.core.look();
    expect((await read(asked.id)).state).toBe('SENDING');
    await desk.core.blocks(1);
    const sent = await read(asked.id);
    expect(sent).toMatchObject({ state: 'SENT', operation: { purpose: 'WITHDRAWAL' } });
    expect(await balance(user)).toEqual({ available: '400', held: '100' });
    await desk.core.blocks(5);
    const settled = await read(asked.id);
    expect(settled.txid).toBe(sent.txid);
    expect(settled).toMatchObject({
      state: 'SETTLED',
      operation: { kind: 'TRANSFER', state: 'SOLID' },
      history: [
        { from: null, to: 'APPROVED' },
        { from: 'APPROVED', to: 'SENDING' },
        { from: 'SENDING', to: 'SENT' },
        { from: 'SENT', to: 'SETTLED' },
      ],
    });
    expect(await balance(user)).toEqual({ available: '400', held: '0' });
    expect(await paidTo(address)).toEqual(['99000000']);
    const statement = await bot.request<{
      statement: {
        edges: { node: { kind: string; balanceAfter: string; withdrawal: object | null } }[];
      };
    }>(
      `query ($t: String) { statement(input: { user: { telegramId: $t } }) {
         edges { node { kind category balanceAfter withdrawal { id } } } } }`,
      { t: user.toString() },
    );
    expect(statement.statement.edges[0]?.node).toEqual({
      kind: 'withdrawal.hold',
      category: 'WITHDRAWAL',
      balanceAfter: '400',
      withdrawal: { id: asked.id },
    });
  });

  it('is one when it is asked for twice, at once or later, and no other under its id', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const clientId = 'click';
    const twice = await Promise.all([
      ask(user, '50', address, { clientId }),
      ask(user, '50', address, { clientId }),
    ]);
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    await desk.core.blocks(8);
    expect((await ask(user, '50', address, { clientId })).state).toBe('SETTLED');
    expect((await refusal(user, '51', address, { clientId })).code).toBe('IDEMPOTENCY_CONFLICT');
    expect(await paidTo(address)).toEqual(['49000000']);
    expect(await balance(user)).toEqual({ available: '450', held: '0' });
  });

  it('pays for an address that does not exist yet from the user’s money', async () => {
    const user = await desk.core.user(500n);
    const address = addressOfKey(randomBytes(32).toString('hex'));
    const asked = await ask(user, '100', address);
    expect(asked).toMatchObject({
      fee: { amount: '2.1' },
      activationFee: { amount: '1.1' },
      received: { amount: '97.9' },
    });
    await desk.core.blocks(8);
    expect((await read(asked.id)).state).toBe('SETTLED');
    expect(await paidTo(address)).toEqual(['97900000']);
  });

  it('is refused with what is wrong, and nothing is held', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const denied = await desk.core.address();
    const cold = await desk.core.address();
    await set(
      change('withdrawals.maximumSun', '300000000'),
      change('withdrawals.userDailySun', '350000000'),
      change('withdrawals.deniedAddresses', [denied]),
      change('staking.treasuryAddresses', [cold]),
    );
    const contract = await desk.core.address();
    await desk.core.control('deploy-contract', { address: contract });
    const cases: [string, string, string][] = [
      ['LIMIT_EXCEEDED', '9.999999', address],
      ['LIMIT_EXCEEDED', '301', address],
      ['ADDRESS_IS_OURS', '20', treasury.address],
      ['ADDRESS_IS_OURS', '20', cold],
      ['ADDRESS_IS_CONTRACT', '20', contract],
      ['PAYOUT_NOT_POSSIBLE', '20', denied],
      ['BAD_ADDRESS', '20', `${address.slice(0, -1)}${address.endsWith('1') ? '2' : '1'}`],
    ];
    for (const [code, amount, to] of cases) {
      expect([code, (await refusal(user, amount, to)).code]).toEqual([code, code]);
    }
    expect(await refusal(user, '20', address, { currency: 'USDT' })).toMatchObject({
      code: 'PAYOUT_NOT_POSSIBLE',
      message: expect.stringContaining('Convert them to TRX') as string,
    });
    await ask(user, '300', address);
    expect(await refusal(user, '51', address)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { which: 'daily', limit: '350', currency: 'TRX' },
    });
    const poor = await desk.core.user(5n);
    expect((await refusal(poor, '20', address)).code).toBe('INSUFFICIENT_BALANCE');
    const { database, actor } = desk.core;
    await database.transaction(actor, (em) =>
      query(em, `update users set standing = 'BLOCKED' where telegram_id = $1`, [poor]),
    );
    expect((await refusal(poor, '20', address)).code).toBe('USER_BLOCKED');
    expect(await balance(user)).toEqual({ available: '200', held: '300' });
    await set(change('withdrawals.open', false));
    expect((await refusal(user, '20', address)).code).toBe('PAYOUT_NOT_POSSIBLE');
    // What is asked for already waits as well.
    await desk.core.blocks(2);
    expect(await paidTo(address)).toEqual([]);
  });

  it('waits for a new address, and no longer for one that was paid', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    await set(change('withdrawals.newAddressSeconds', 3_600));
    const first = await ask(user, '50', address);
    expect(first.state).toBe('REQUESTED');
    await core.blocks(3);
    expect(await read(first.id)).toMatchObject({ state: 'REQUESTED', operation: null });
    // An hour later.
    await core.database.transaction(core.actor, (em) =>
      query(em, `update withdrawals set not_before = desk_now()`),
    );
    await core.blocks(8);
    expect((await read(first.id)).state).toBe('SETTLED');
    expect((await ask(user, '50', address)).state).toBe('APPROVED');
    await core.blocks(8);
    expect(await paidTo(address)).toEqual(['49000000', '49000000']);
  });
});

describe('a person', () => {
  it('has to agree to a large one, and cannot be who asked for it', async () => {
    const user = await desk.core.user(5_000n);
    const address = await desk.core.address();
    const large = await ask(user, '1000.000001', address);
    expect(large).toMatchObject({ state: 'WAITING', waitsBecause: 'It is more than 1000 TRX.' });
    const own = await ask(user, '20', address, { by: finance });
    expect(own.state).toBe('WAITING');
    await desk.core.blocks(3);
    expect((await read(large.id)).state).toBe('WAITING');
    expect(await finance.refusal(decide('approve', own.id))).toMatchObject({
      code: 'FORBIDDEN',
      details: { reason: 'SECOND_PERSON' },
    });
    const machine = await desk.client('FINANCE');
    expect(await machine.refusal(decide('approve', large.id))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await bot.refusal(decide('approve', large.id))).toMatchObject({
      code: 'FORBIDDEN',
    });

    await finance.request(decide('approve', large.id));
    await finance.request(decide('approve', large.id));
    const second = await desk.operator('FINANCE');
    await second.request(decide('approve', own.id));
    await desk.core.blocks(8);
    expect(await read(large.id)).toMatchObject({
      state: 'SETTLED',
      decidedBy: { id: finance.id },
      decisionReason: 'looked at',
    });
    expect(await read(own.id, finance)).toMatchObject({ state: 'SETTLED' });
    expect((await paidTo(address)).toSorted()).toEqual(['19000000', '999000001']);
    const audit = await query<{ action: string }>(
      desk.core.database.read(),
      `select action from audit_log where subject_id = $1 order by id`,
      [large.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'withdrawal.request',
      'withdrawal.approve',
      'withdrawal.approve',
    ]);
  });

  it('can refuse it, or the user call it back, and the money is there again, once', async () => {
    const user = await desk.core.user(3_000n);
    const address = await desk.core.address();
    const large = await ask(user, '2000', address);
    await finance.request(decide('reject', large.id));
    await finance.request(decide('reject', large.id));
    expect((await read(large.id)).state).toBe('REJECTED');
    expect(await balance(user)).toEqual({ available: '3000', held: '0' });
    expect(await finance.refusal(decide('approve', large.id))).toMatchObject({
      code: 'ILLEGAL_STATE',
    });

    const small = await ask(user, '30', address);
    const stranger = await desk.client('BOT');
    expect(await stranger.refusal(decide('cancel', small.id))).toMatchObject({
      code: 'NOT_FOUND',
    });
    await bot.request(decide('cancel', small.id));
    expect(await balance(user)).toEqual({ available: '3000', held: '0' });

    const late = await ask(user, '30', address);
    await desk.core.blocks(2);
    expect(await bot.refusal(decide('cancel', late.id))).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await desk.core.blocks(6);
    expect(await paidTo(address)).toEqual(['29000000']);
  });
});

describe('the payout wallet', () => {
  it('never pays more than it has beside what else is under way', async () => {
    const { core } = desk;
    const user = await core.user(50_000n);
    const address = await core.address();
    // Of 10,000 TRX, 4,000 are on their way elsewhere.
    const other = await core.wallet(1n, 'other');
    const operator = await desk.operator('OPERATOR');
    await set(change('withdrawals.approvalAboveSun', '50000000000'));
    await operator.request(
      `mutation ($from: ID!, $to: Address!) { transferBetweenWallets(input: {
         walletId: $from, receiver: $to, amount: "4000", clientId: "t", reason: "test" }) { id } }`,
      { from: treasury.id, to: other.address },
    );
    const first = await ask(user, '5000', address);
    const tooLarge = await ask(user, '5000', address);
    const small = await ask(user, '500', address);
    await core.blocks(8);
    expect((await read(first.id)).state).toBe('SETTLED');
    expect((await read(small.id)).state).toBe('SETTLED');
    expect(await read(tooLarge.id)).toMatchObject({
      state: 'APPROVED',
      problem: expect.stringContaining('pay TRX in') as string,
    });
    await core.control('fund', { address: treasury.address, sun: (6_000n * UNIT).toString() });
    await core.blocks(10);
    expect(await read(tooLarge.id)).toMatchObject({ state: 'SETTLED', problem: null });
    expect(await paidTo(address)).toEqual(['4999000000', '499000000', '4999000000']);
  });

  it('pays nothing while the safe mode holds payments, and says so', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    await core.database.transaction(core.actor, (em) =>
      query(em, `update safe_mode set mode = 'REFUSE'`),
    );
    const asked = await ask(user, '50', address);
    await core.blocks(4);
    expect(await read(asked.id)).toMatchObject({
      state: 'APPROVED',
      problem: 'The safe mode holds payments that leave the pool.',
    });
    await core.database.transaction(core.actor, (em) =>
      query(em, `update safe_mode set mode = 'ACCEPT'`),
    );
    await core.blocks(8);
    expect((await read(asked.id)).state).toBe('SETTLED');
  });

  it('says that nothing is set', async () => {
    await set(change('upkeep.treasuryWallet', ''));
    const asked = await ask(await desk.core.user(500n), '50', await desk.core.address());
    await desk.core.look();
    expect((await read(asked.id)).problem).toContain('withdrawals.payoutWallet');
  });
});

describe('when something breaks', () => {
  it('gives the money back once every transaction is proved dead', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    // The node takes the bytes and loses them, for ever.
    await core.control('faults', { kind: 'never-included' });
    const asked = await ask(user, '100', address);
    await core.look();
    await core.look();
    expect((await read(asked.id)).state).toBe('SENDING');
    // The deadline passes, by the database's clock; then the chain proves that nothing can land.
    await core.database.transaction(core.actor, (em) =>
      query(em, `update chain_operations set deadline_at = desk_now()`),
    );
    await core.control('advance', { ms: 60_000 });
    await core.blocks(6);
    const failed = await read(asked.id);
    expect(failed).toMatchObject({ state: 'FAILED', txid: null });
    expect(failed.problem).not.toBeNull();
    expect(await balance(user)).toEqual({ available: '500', held: '0' });
    expect(await paidTo(address)).toEqual([]);
  });

  it('neither pays twice nor loses one when a process is killed between', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    const asked = await ask(user, '100', address);
    // Killed after everything was written and before the commit.
    const dying = core.database.transaction(core.actor, async (em) => {
      expect(await sendWithdrawals(em, core.ids)).toBe(1);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect((await read(asked.id)).state).toBe('APPROVED');
    const both = await Promise.all([core.work.sendWithdrawals(), core.work.sendWithdrawals()]);
    expect(both.toSorted()).toEqual([0, 1]);
    await core.blocks(8);
    expect(await paidTo(address)).toEqual(['99000000']);
    expect((await read(asked.id)).state).toBe('SETTLED');
  });

  it('takes a payment out of a block that a fork took away, and settles it in the next', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    const asked = await ask(user, '100', address);
    await core.look();
    await core.look();
    await core.blocks(1);
    expect((await read(asked.id)).state).toBe('SENT');
    await core.control('fork', { depth: 1, drop: true });
    await core.look();
    expect((await read(asked.id)).state).toBe('SENDING');
    await core.blocks(10);
    expect((await read(asked.id)).state).toBe('SETTLED');
    expect(await paidTo(address)).toEqual(['99000000']);
  });
});

it('returns money that is nobody’s balance, and puts it back when that is refused', async () => {
  const { core } = desk;
  const address = await core.address();
  const give = async (): Promise<string> =>
    core.database.transaction(core.actor, async (em) => {
      const unclaimed = await systemAccount(em, 'desk.unclaimed', 'TRX');
      const came = await systemAccount(em, 'chain.deposits', 'TRX');
      const deposit = core.ids.next();
      await postTransfers(em, core.actor, [
        {
          kind: 'deposit',
          reference: deposit,
          postings: [
            { account: unclaimed, amount: 40n * UNIT },
            { account: came, amount: -40n * UNIT },
          ],
        },
      ]);
      return intendWithdrawal(em, core.ids, {
        source: { kind: 'account', code: 'desk.unclaimed' },
        origin: 'DEPOSIT_RETURN',
        reference: deposit,
        currency: 'TRX',
        gross: 40n * UNIT,
        fee: 4n * UNIT,
        address,
        reason: 'unknown sender',
        approval: 'wait',
      });
    });
  const [paid, refused] = [await give(), await give()];
  await finance.request(decide('approve', paid));
  await finance.request(decide('reject', refused));
  await core.blocks(8);
  expect((await read(paid, finance)).state).toBe('SETTLED');
  expect((await read(refused, finance)).state).toBe('REJECTED');
  expect(await paidTo(address)).toEqual(['36000000']);
  const left = await queryOne<{ balance: bigint }>(
    core.database.read(),
    `select balance from ledger_accounts where code = 'desk.unclaimed' and asset = 'TRX'`,
  );
  expect(left?.balance).toBe(40n * UNIT);
});
