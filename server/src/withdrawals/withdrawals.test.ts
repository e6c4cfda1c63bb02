import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNIT } from '../kernel/money.ts';
import { change } from '../settings/change-settings.ts';
import { nextOf } from '../testing/graphql-desk.ts';
import { PayoutDesk } from '../testing/payout-desk.ts';
import { addressOfKey } from '../chain/address.ts';
import { sendWithdrawals } from './send-withdrawals.ts';

let desk: PayoutDesk;
beforeEach(async () => {
  desk = await PayoutDesk.start();
});
afterEach(() => desk.stop());

describe('a withdrawal', () => {
  it('is held, sent, and settled when its block is solid, with every step told', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const asked = await desk.ask(user, '100', address);
    expect(asked).toMatchObject({
      state: 'APPROVED',
      fee: { amount: '1' },
      activationFee: { amount: '0' },
      received: { amount: '99', currency: 'TRX' },
      waitsBecause: null,
      operation: null,
    });
    expect(await desk.balance(user)).toEqual({ available: '400', held: '100' });
    expect(await desk.paidTo(address)).toEqual([]);

    await desk.core.look();
    await desk.core.look();
    expect((await desk.read(asked.id)).state).toBe('SENDING');
    await desk.core.blocks(1);
    const sent = await desk.read(asked.id);
    expect(sent).toMatchObject({ state: 'SENT', operation: { purpose: 'WITHDRAWAL' } });
    expect(await desk.balance(user)).toEqual({ available: '400', held: '100' });
    await desk.core.blocks(5);
    const settled = await desk.read(asked.id);
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
    expect(await desk.balance(user)).toEqual({ available: '400', held: '0' });
    expect(await desk.paidTo(address)).toEqual(['99000000']);
    const statement = await desk.bot.request<{
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

  it('is told step by step to people and to the bot that asked, and to no other', async () => {
    const other = await desk.desk.client('BOT');
    const listen = (caller: typeof other) =>
      caller.subscribe<{ withdrawalChanged: { withdrawal: { id: string; state: string } } }>(
        `subscription { withdrawalChanged { cursor withdrawal { id state history { to } } } }`,
      );
    const people = listen(desk.finance);
    const mine = listen(desk.bot);
    const others = listen(other);
    const heard = [nextOf(people), nextOf(mine)];
    const user = await desk.core.user(500n);
    const asked = await desk.ask(user, '100', await desk.core.address());
    for (const told of await Promise.all(heard)) {
      expect(told.withdrawalChanged).toMatchObject({
        withdrawal: { id: asked.id, state: 'APPROVED', history: [{ to: 'APPROVED' }] },
      });
    }
    await desk.core.blocks(8);
    for (const stream of [people, mine]) {
      let told = await nextOf(stream);
      while (told.withdrawalChanged.withdrawal.state !== 'SETTLED') told = await nextOf(stream);
      expect(told.withdrawalChanged).toMatchObject({
        withdrawal: { id: asked.id, history: [{}, {}, {}, { to: 'SETTLED' }] },
      });
    }
    const foreign = nextOf(others);
    const own = await desk.ask(user, '50', await desk.core.address(), { by: other });
    expect((await foreign).withdrawalChanged.withdrawal.id).toBe(own.id);
    await Promise.all([people, mine, others].map((stream) => stream.return(undefined)));
  });

  it('counts in the user’s sum once it is final', async () => {
    const user = await desk.core.user(500n);
    const withdrawn = async (): Promise<object> => {
      const answer = await desk.finance.request<{ user: { withdrawn: object } }>(
        `query ($t: String) { user(ref: { telegramId: $t }) { withdrawn { currency count amount } } }`,
        { t: user.toString() },
      );
      return answer.user.withdrawn;
    };
    const usdt = { currency: 'USDT', count: 0, amount: '0' };
    await desk.ask(user, '100', await desk.core.address());
    await desk.ask(user, '50.5', await desk.core.address());
    expect(await withdrawn()).toEqual([{ currency: 'TRX', count: 0, amount: '0' }, usdt]);
    await desk.core.blocks(10);
    expect(await withdrawn()).toEqual([{ currency: 'TRX', count: 2, amount: '150.5' }, usdt]);
  });

  it('is one when it is asked for twice, at once or later, and no other under its id', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const clientId = 'click';
    const twice = await Promise.all([
      desk.ask(user, '50', address, { clientId }),
      desk.ask(user, '50', address, { clientId }),
    ]);
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    await desk.core.blocks(8);
    expect((await desk.ask(user, '50', address, { clientId })).state).toBe('SETTLED');
    expect((await desk.refusal(user, '51', address, { clientId })).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect(await desk.paidTo(address)).toEqual(['49000000']);
    expect(await desk.balance(user)).toEqual({ available: '450', held: '0' });
  });

  it('pays for an address that does not exist yet from the user’s money', async () => {
    const user = await desk.core.user(500n);
    const address = addressOfKey(randomBytes(32).toString('hex'));
    const asked = await desk.ask(user, '100', address);
    expect(asked).toMatchObject({
      fee: { amount: '2.1' },
      activationFee: { amount: '1.1' },
      received: { amount: '97.9' },
    });
    await desk.core.blocks(8);
    expect((await desk.read(asked.id)).state).toBe('SETTLED');
    expect(await desk.paidTo(address)).toEqual(['97900000']);
  });

  it('is refused with what is wrong, and nothing is held', async () => {
    const user = await desk.core.user(500n);
    const address = await desk.core.address();
    const denied = await desk.core.address();
    const cold = await desk.core.address();
    await desk.set(
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
      ['ADDRESS_IS_OURS', '20', desk.treasury.address],
      ['ADDRESS_IS_OURS', '20', cold],
      ['ADDRESS_IS_CONTRACT', '20', contract],
      ['PAYOUT_NOT_POSSIBLE', '20', denied],
      ['BAD_ADDRESS', '20', `${address.slice(0, -1)}${address.endsWith('1') ? '2' : '1'}`],
    ];
    for (const [code, amount, to] of cases) {
      expect([code, (await desk.refusal(user, amount, to)).code]).toEqual([code, code]);
    }
    expect(await desk.refusal(user, '20', address, { currency: 'USDT' })).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    });
    await desk.ask(user, '300', address);
    expect(await desk.refusal(user, '51', address)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { which: 'daily', limit: '350', currency: 'TRX' },
    });
    const poor = await desk.core.user(5n);
    expect((await desk.refusal(poor, '20', address)).code).toBe('INSUFFICIENT_BALANCE');
    await desk.sql(`update users set standing = 'BLOCKED' where telegram_id = $1`, poor);
    expect((await desk.refusal(poor, '20', address)).code).toBe('USER_BLOCKED');
    expect(await desk.balance(user)).toEqual({ available: '200', held: '300' });
    await desk.set(change('withdrawals.open', false));
    expect((await desk.refusal(user, '20', address)).code).toBe('PAYOUT_NOT_POSSIBLE');
    // What is asked for already waits as well.
    await desk.core.blocks(2);
    expect(await desk.paidTo(address)).toEqual([]);
  });

  it('waits for a new address, and no longer for one that was paid', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    await desk.set(change('withdrawals.newAddressSeconds', 3_600));
    const first = await desk.ask(user, '50', address);
    expect(first.state).toBe('REQUESTED');
    await core.blocks(3);
    expect(await desk.read(first.id)).toMatchObject({ state: 'REQUESTED', operation: null });
    // An hour later.
    await desk.sql(`update withdrawals set not_before = desk_now()`);
    await core.blocks(8);
    expect((await desk.read(first.id)).state).toBe('SETTLED');
    expect((await desk.ask(user, '50', address)).state).toBe('APPROVED');
    await core.blocks(8);
    expect(await desk.paidTo(address)).toEqual(['49000000', '49000000']);
  });
});

describe('the payout wallet', () => {
  it('never pays more than it has beside what else is under way', async () => {
    const { core } = desk;
    const user = await core.user(50_000n);
    const address = await core.address();
    // Of 10,000 TRX, 4,000 are on their way elsewhere.
    const other = await core.wallet(1n, 'other');
    const operator = await desk.desk.operator('OPERATOR');
    await desk.set(change('withdrawals.approvalAboveSun', '50000000000'));
    await operator.request(
      `mutation ($from: ID!, $to: Address!) { transferBetweenWallets(input: {
         walletId: $from, receiver: $to, amount: "4000", clientId: "t", reason: "test" }) { id } }`,
      { from: desk.treasury.id, to: other.address },
    );
    const first = await desk.ask(user, '5000', address);
    const tooLarge = await desk.ask(user, '5000', address);
    const small = await desk.ask(user, '500', address);
    await core.blocks(8);
    expect((await desk.read(first.id)).state).toBe('SETTLED');
    expect((await desk.read(small.id)).state).toBe('SETTLED');
    expect(await desk.read(tooLarge.id)).toMatchObject({
      state: 'APPROVED',
      problem: expect.stringContaining('pay TRX in') as string,
    });
    await core.control('fund', { address: desk.treasury.address, sun: (6_000n * UNIT).toString() });
    await core.blocks(10);
    expect(await desk.read(tooLarge.id)).toMatchObject({ state: 'SETTLED', problem: null });
    expect(await desk.paidTo(address)).toEqual(['4999000000', '499000000', '4999000000']);
  });

  it('pays nothing while the safe mode holds payments, and says so', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    await desk.sql(`update safe_mode set mode = 'REFUSE'`);
    const stream = desk.bot.subscribe<{ withdrawalChanged: { withdrawal: { problem: unknown } } }>(
      `subscription { withdrawalChanged { withdrawal { problem } } }`,
    );
    const first = nextOf(stream);
    const asked = await desk.ask(user, '50', address);
    await core.blocks(4);
    let told = await first;
    while (told.withdrawalChanged.withdrawal.problem === null) told = await nextOf(stream);
    await stream.return(undefined);
    expect(await desk.read(asked.id)).toMatchObject({
      state: 'APPROVED',
      problem: 'The safe mode holds payments that leave the pool.',
    });
    await desk.sql(`update safe_mode set mode = 'ACCEPT'`);
    await core.blocks(8);
    expect((await desk.read(asked.id)).state).toBe('SETTLED');
  });

  it('says that nothing is set', async () => {
    await desk.set(change('upkeep.treasuryWallet', ''));
    const asked = await desk.ask(await desk.core.user(500n), '50', await desk.core.address());
    await desk.core.look();
    expect((await desk.read(asked.id)).problem).toContain('withdrawals.payoutWallet');
  });
});

describe('when something breaks', () => {
  it('gives the money back once every transaction is proved dead', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    // The node takes the bytes and loses them, for ever.
    await core.control('faults', { kind: 'never-included' });
    const asked = await desk.ask(user, '100', address);
    await core.look();
    await core.look();
    expect((await desk.read(asked.id)).state).toBe('SENDING');
    // The deadline passes, by the database's clock; then the chain proves that nothing can land.
    await desk.sql(`update chain_operations set deadline_at = desk_now()`);
    await core.control('advance', { ms: 60_000 });
    await core.blocks(6);
    const failed = await desk.read(asked.id);
    expect(failed).toMatchObject({ state: 'FAILED', txid: null });
    expect(failed.problem).not.toBeNull();
    expect(await desk.balance(user)).toEqual({ available: '500', held: '0' });
    expect(await desk.paidTo(address)).toEqual([]);
  });

  it('neither pays twice nor loses one when a process is killed between', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    const asked = await desk.ask(user, '100', address);
    // Killed after everything was written and before the commit.
    const dying = core.database.transaction(core.actor, async (em) => {
      expect(await sendWithdrawals(em, core.ids)).toBe(1);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect((await desk.read(asked.id)).state).toBe('APPROVED');
    const both = await Promise.all([core.work.sendWithdrawals(), core.work.sendWithdrawals()]);
    expect(both.toSorted()).toEqual([0, 1]);
    await core.blocks(8);
    expect(await desk.paidTo(address)).toEqual(['99000000']);
    expect((await desk.read(asked.id)).state).toBe('SETTLED');
  });

  it('takes a payment out of a block that a fork took away, and settles it in the next', async () => {
    const { core } = desk;
    const user = await core.user(500n);
    const address = await core.address();
    const asked = await desk.ask(user, '100', address);
    await core.look();
    await core.look();
    await core.blocks(1);
    expect((await desk.read(asked.id)).state).toBe('SENT');
    await core.control('fork', { depth: 1, drop: true });
    await core.look();
    expect((await desk.read(asked.id)).state).toBe('SENDING');
    await core.blocks(10);
    expect((await desk.read(asked.id)).state).toBe('SETTLED');
    expect(await desk.paidTo(address)).toEqual(['99000000']);
  });
});
