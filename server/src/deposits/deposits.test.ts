import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addressFromHex, type Address } from '../chain/address.ts';
import { execute, query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import type { SettingKey } from '../settings/catalogue.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { GraphqlDesk, type GraphqlCaller, nextOf } from '../testing/graphql-desk.ts';
import { Payer, word } from '../testing/payer.ts';

let desk: GraphqlDesk;
let finance: GraphqlCaller;
let bot: GraphqlCaller;
let till: Address;

const FAKE_USDT = addressFromHex('41fa4e00000000000000000000000000000000fa4e');
let telegram = 5_000_000n;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  finance = await desk.operator('FINANCE');
  bot = await desk.client('BOT');
  till = await desk.core.address();
  await set('deposits.addresses', [till]);
  await desk.core.blocks(5);
});
afterAll(() => desk.stop());
afterEach(() =>
  expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url, desk.core.byHandTxids),
);

async function set<Key extends SettingKey>(
  key: Key,
  value: Parameters<typeof change<Key>>[1],
): Promise<void> {
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    changeSettings(em, actor, [change(key, value)], 'for the test'),
  );
}

interface Request {
  id: string;
  state: string;
  address: Address;
  money: { amount: string };
  memo: string;
  qrPayload: string;
  paymentText: string;
  expiresAt: string;
}

async function request(
  amount: string,
  currency = 'TRX',
  user = (telegram += 1n).toString(),
): Promise<Request & { user: string }> {
  const { requestDeposit } = await bot.request<{ requestDeposit: Request }>(
    `mutation ($input: RequestDepositInput!) { requestDeposit(input: $input) {
       id state address money { amount } memo qrPayload paymentText expiresAt } }`,
    { input: { user: { telegramId: user }, amount, currency, clientId: desk.core.ids.next() } },
  );
  return { ...requestDeposit, user };
}

interface DepositAnswer {
  id: string;
  state: string;
  reason: string | null;
  matchedBy: string | null;
  expectedAt: string | null;
  money: { amount: string; currency: string } | null;
  token: { contract: string } | null;
  user: { telegramId: string } | null;
  suggestions: { why: string; user: { telegramId: string } }[];
}

const FIELDS = `id state reason matchedBy expectedAt money { amount currency } token { contract }
  user { telegramId } suggestions { why user { telegramId } }`;

async function depositsOf(txid: string, caller = finance): Promise<DepositAnswer[]> {
  const { deposits } = await caller.request<{ deposits: { edges: { node: DepositAnswer }[] } }>(
    `query ($txid: Txid!) { deposits(filter: { txid: $txid }) { edges { node { ${FIELDS} } } } }`,
    { txid },
  );
  return deposits.edges.map(({ node }) => node);
}

async function balance(telegramId: string, currency = 'TRX'): Promise<string | undefined> {
  const { user } = await finance.request<{
    user: { balances: { currency: string; available: string }[] } | null;
  }>(`query ($ref: UserRef!) { user(ref: $ref) { balances { currency available } } }`, {
    ref: { telegramId },
  });
  return user?.balances.find((one) => one.currency === currency)?.available;
}

/** The user keeps the address, as anybody can who types it. */
async function keep(telegramId: string, address: Address): Promise<void> {
  const { user } = await finance.request<{ user: { id: string } }>(
    `query ($ref: UserRef!) { user(ref: $ref) { id } }`,
    { ref: { telegramId } },
  );
  await desk.core.database.transaction(desk.core.actor, (em) =>
    execute(em, `insert into user_addresses (user_id, address) values ($1, $2)`, [
      user.id,
      address,
    ]),
  );
}

const micros = (amount: string): bigint => {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * UNIT + BigInt(fraction.padEnd(6, '0'));
};

const solid = (): Promise<void> => desk.core.blocks(5);

describe('a deposit that was asked for', () => {
  it.each(['TRX', 'USDT'] as const)(
    'is seen at the head and credited in %s when solid',
    async (currency) => {
      const payer = await Payer.rich(desk.core);
      const wanted = await request('100', currency);
      expect(wanted).toMatchObject({ state: 'OPEN', address: till });
      expect(wanted.qrPayload).toContain(`tron:${till}?amount=${wanted.money.amount}`);
      expect(wanted.paymentText).toContain(wanted.money.amount);
      const amount = micros(wanted.money.amount);
      const txid =
        currency === 'TRX' ? await payer.trx(till, amount) : await payer.usdt(till, amount);
      await desk.core.blocks(1);
      const [seen] = await depositsOf(txid, bot);
      expect(seen).toMatchObject({
        state: 'SEEN',
        matchedBy: 'REQUEST',
        user: { telegramId: wanted.user },
        money: { amount: wanted.money.amount, currency },
      });
      expect(seen?.expectedAt).toBeTruthy();
      expect(await balance(wanted.user, currency)).toBe('0');

      await solid();
      expect(await depositsOf(txid)).toMatchObject([
        { id: seen?.id, state: 'CREDITED', matchedBy: 'REQUEST', expectedAt: null, reason: null },
      ]);
      expect(await balance(wanted.user, currency)).toBe(wanted.money.amount);
      const { depositRequest } = await bot.request<{ depositRequest: object }>(
        `query ($id: ID!) { depositRequest(id: $id) { state deposit { id } } }`,
        { id: wanted.id },
      );
      expect(depositRequest).toEqual({ state: 'PAID', deposit: { id: seen?.id } });

      // The same blocks again, as after a restore of the cursor alone: nothing happens twice.
      await desk.core.database.transaction(desk.core.actor, async (em) => {
        await execute(
          em,
          `update chain_cursors c set number = b.number, id = b.id, time_ms = b.time_ms
           from solid_blocks b where c.name = 'solid' and b.number = c.number - 4`,
        );
        await execute(
          em,
          `delete from solid_blocks
           where number > (select number from chain_cursors where name = 'solid')`,
        );
      });
      await desk.core.blocks(2);
      expect(await depositsOf(txid)).toMatchObject([{ id: seen?.id, state: 'CREDITED' }]);
      expect(await balance(wanted.user, currency)).toBe(wanted.money.amount);
    },
  );

  it('has an amount that nobody else is given, even after it has expired', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => request('77.7')));
    const amounts = answers.map(({ money }) => money.amount);
    expect(new Set(amounts).size).toBe(8);
    await desk.core.control('advance', { ms: 61 * 60_000 });
    await desk.core.blocks(6);
    const { depositRequest } = await bot.request<{ depositRequest: { state: string } }>(
      `query ($id: ID!) { depositRequest(id: $id) { state } }`,
      { id: answers[0]?.id },
    );
    expect(depositRequest.state).toBe('EXPIRED');
    expect(amounts).not.toContain((await request('77.7')).money.amount);

    const payer = await Payer.rich(desk.core);
    const late = present(answers[0], 'request');
    const txid = await payer.trx(till, micros(late.money.amount));
    await solid();
    const [found] = await depositsOf(txid);
    expect(found?.suggestions[0]).toEqual({ why: 'REQUEST', user: { telegramId: late.user } });
    expect([found]).toMatchObject([
      {
        state: 'UNCLAIMED',
        reason: 'LATE',
        user: null,
      },
    ]);
  });

  it('is answered once per key, and refused below the least', async () => {
    const input = {
      user: { telegramId: '4999' },
      amount: '20',
      currency: 'TRX',
      clientId: 'one click',
    };
    const mutation = `mutation ($input: RequestDepositInput!) { requestDeposit(input: $input) { id } }`;
    const first = await bot.request(mutation, { input });
    expect(await bot.request(mutation, { input })).toEqual(first);
    expect(await bot.refusal(mutation, { input: { ...input, amount: '21' } })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(
      await bot.refusal(mutation, { input: { ...input, amount: '9', clientId: 'two' } }),
    ).toMatchObject({ code: 'BAD_INPUT', field: 'input.amount' });
  });

  it('that is paid twice, short or over waits for a person', async () => {
    const payer = await Payer.rich(desk.core);
    const wanted = await request('50');
    const amount = micros(wanted.money.amount);
    const paid = await payer.trx(till, amount);
    const again = await payer.trx(till, amount);
    const short = await request('60');
    const less = await payer.trx(till, micros(short.money.amount) - 1_000n, short.memo);
    const more = await payer.trx(till, micros(short.money.amount) + 1_000n, short.memo);
    await solid();
    const states = await Promise.all([paid, again, less, more].map((txid) => depositsOf(txid)));
    expect(states.map(([one]) => one?.reason ?? one?.state)).toEqual([
      'CREDITED',
      'PAID_TWICE',
      'SHORT',
      'OVER',
    ]);
    expect(await balance(wanted.user)).toBe(wanted.money.amount);
  });
});

describe('who paid', () => {
  it('is known by a memo, and by the address of one user who has paid from it before', async () => {
    const payer = await Payer.rich(desk.core);
    const user = (telegram += 1n).toString();
    const other = (telegram += 1n).toString();
    await request('10', 'TRX', user);
    await request('10', 'TRX', other);
    await keep(user, payer.address);
    const unsaid = await payer.trx(till, 11n * UNIT);
    await set('deposits.bySender', true);
    // Anybody may have typed the address: that alone says nothing.
    const typed = await payer.trx(till, 11_500_000n);
    await solid();
    for (const txid of [unsaid, typed]) {
      expect(await depositsOf(txid)).toMatchObject([
        { state: 'UNCLAIMED', reason: 'UNKNOWN_PAYER' },
      ]);
    }
    const byMemo = await payer.trx(till, 12n * UNIT, `tg${user}`);
    await solid();
    expect(await depositsOf(byMemo)).toMatchObject([{ state: 'CREDITED', matchedBy: 'MEMO' }]);
    // Known from before.
    const bySender = await payer.usdt(till, 13n * UNIT);
    await solid();
    expect(await depositsOf(bySender)).toMatchObject([
      { state: 'CREDITED', matchedBy: 'SENDER', user: { telegramId: user } },
    ]);
    await keep(other, payer.address);
    const byTwo = await payer.trx(till, 14n * UNIT);
    await solid();
    expect(await depositsOf(byTwo)).toMatchObject([
      { state: 'UNCLAIMED', reason: 'AMBIGUOUS_SENDER' },
    ]);
    await set('deposits.byMemo', false);
    const off = await payer.trx(till, 15n * UNIT, `tg${user}`);
    await solid();
    expect(await depositsOf(off)).toMatchObject([{ state: 'UNCLAIMED' }]);
    await set('deposits.byMemo', true);
    await set('deposits.bySender', false);
  });

  it('is nobody: unknown, too little, a contract, another token', async () => {
    const payer = await Payer.rich(desk.core);
    const unknown = await payer.trx(till, 21_500_000n);
    const little = await payer.usdt(till, UNIT, '');
    await desk.core.control('fund', { address: payer.address, fakeUsdt: '900000000' });
    await desk.core.blocks(1);
    const spam = await payer.usdt(till, 31n * UNIT, '', FAKE_USDT);
    await solid();
    // Tokens that nobody named make no work: they are counted.
    expect(await depositsOf(spam)).toEqual([]);
    await set('deposits.knownTokens', [FAKE_USDT]);
    const fake = await payer.usdt(till, 30n * UNIT, '', FAKE_USDT);
    await solid();
    expect(await depositsOf(unknown)).toMatchObject([{ reason: 'UNKNOWN_PAYER' }]);
    expect(await depositsOf(little)).toMatchObject([{ reason: 'BELOW_MINIMUM' }]);
    expect(await depositsOf(fake)).toMatchObject([
      { state: 'UNCLAIMED', reason: 'WRONG_TOKEN', money: null, token: { contract: FAKE_USDT } },
    ]);
  });

  it('is a contract: USDT and TRX that it sends wait for a person', async () => {
    const payer = await Payer.rich(desk.core);
    const { contracts } = (await (await fetch(`${desk.core.devnet.url}/devnet/status`)).json()) as {
      contracts: { payout: string; usdt: string };
    };
    const payout = contracts.payout.startsWith('T')
      ? (contracts.payout as Address)
      : addressFromHex(contracts.payout);
    await desk.core.control('fund', { address: payout, usdt: (50n * UNIT).toString() });
    await desk.core.blocks(1);
    const usdt = addressFromHex('41a614f803b6fd780986a42c78ec9c7f77e6ded13c');
    // Selectors of payToken(address,address,uint256) and pay(address,uint256).
    const token = await payer.call(
      payout,
      `${await selector('payToken(address,address,uint256)')}${word(usdt)}${word(till)}${word(40n * UNIT)}`,
    );
    const trx = await payer.call(
      payout,
      `${await selector('pay(address,uint256)')}${word(till)}${word(25n * UNIT)}`,
      '',
      25n * UNIT,
    );
    const failed = await payer.call(
      payout,
      `${await selector('pay(address,uint256)')}${word(till)}${word(999_999n * UNIT)}`,
    );
    await solid();
    expect(await depositsOf(token)).toMatchObject([
      { reason: 'FROM_CONTRACT', money: { amount: '40', currency: 'USDT' } },
    ]);
    expect(await depositsOf(trx)).toMatchObject([
      { reason: 'FROM_CONTRACT', money: { amount: '25', currency: 'TRX' } },
    ]);
    expect(await depositsOf(failed)).toEqual([]);
  });
});

async function selector(signature: string): Promise<string> {
  const { keccak_256 } = await import('@noble/hashes/sha3.js');
  return Buffer.from(keccak_256(Buffer.from(signature)))
    .toString('hex')
    .slice(0, 8);
}

it('counts transfers of nothing, and dust from look-alikes', async () => {
  const payer = await Payer.rich(desk.core);
  const nothing = await payer.usdt(till, 0n);
  await solid();
  expect(await depositsOf(nothing)).toEqual([]);
  const { ignoredTransfers } = await finance.request<{ ignoredTransfers: object[] }>(
    `{ ignoredTransfers { address why asset transfers amount } }`,
  );
  expect(ignoredTransfers).toContainEqual({
    address: till,
    why: 'ZERO_VALUE',
    asset: 'USDT',
    transfers: 1,
    amount: '0',
  });
});

it('forgets what was seen in a block that is replaced, and finds it again', async () => {
  const payer = await Payer.rich(desk.core);
  const wanted = await request('33');
  const txid = await payer.trx(till, micros(wanted.money.amount));
  await desk.core.blocks(1);
  expect(await depositsOf(txid)).toMatchObject([{ state: 'SEEN' }]);
  await desk.core.control('fork', { depth: 1, drop: true });
  await desk.core.blocks(2);
  expect(await depositsOf(txid)).toMatchObject([{ state: 'GONE' }]);
  await solid();
  expect(await balance(wanted.user)).toBe('0');
  const again = await payer.trx(till, micros(wanted.money.amount));
  await solid();
  expect(await depositsOf(again)).toMatchObject([{ state: 'CREDITED' }]);
});

it('tells a bot of its users’ deposits, and of nobody’s else', async () => {
  const stream = bot.subscribe<{ depositChanged: { deposit: DepositAnswer } }>(
    `subscription { depositChanged { cursor deposit { ${FIELDS} } } }`,
  );
  const coming = nextOf(stream);
  const payer = await Payer.rich(desk.core);
  await payer.trx(till, 20n * UNIT);
  const wanted = await request('34');
  await payer.trx(till, micros(wanted.money.amount));
  await solid();
  let told = await coming;
  // What was before may still come; what is nobody's never does.
  while (told.depositChanged.deposit.user?.telegramId !== wanted.user) {
    expect(told.depositChanged.deposit.user).not.toBeNull();
    told = await nextOf(stream);
  }
  await stream.return(undefined);
});

it('gives each user an address of his own where it has a key for it', async () => {
  const { HDKey } = await import('@scure/bip32');
  const account = HDKey.fromMasterSeed(Buffer.alloc(32, 7)).derive(`m/44'/195'/0'`);
  await set('deposits.accountKey', account.publicExtendedKey);
  const user = (telegram += 1n).toString();
  const open = async (): Promise<{ address: Address; own: boolean }> => {
    const answer = await bot.request<{ openDepositAddress: { address: Address; own: boolean } }>(
      `mutation ($input: OpenDepositAddressInput!) { openDepositAddress(input: $input) { address own } }`,
      { input: { user: { telegramId: user } } },
    );
    return answer.openDepositAddress;
  };
  const mine = await open();
  expect(mine.own).toBe(true);
  expect(mine.address).not.toBe(till);
  expect(await open()).toEqual(mine);
  const payer = await Payer.rich(desk.core);
  const trx = await payer.trx(mine.address, 11n * UNIT);
  const usdt = await payer.usdt(mine.address, 15n * UNIT);
  await solid();
  expect(await depositsOf(trx)).toMatchObject([{ state: 'CREDITED', matchedBy: 'OWN_ADDRESS' }]);
  expect(await depositsOf(usdt)).toMatchObject([{ state: 'CREDITED', matchedBy: 'OWN_ADDRESS' }]);
  expect(await balance(user)).toBe('11');
  expect(await balance(user, 'USDT')).toBe('15');
  await set('deposits.accountKey', '');
  const rows = await query(desk.core.database.read(), 'select from deposit_addresses');
  expect(rows).toHaveLength(2);
});
