import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { systemClock } from '../kernel/clock.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { change, changeSettings, type SettingChange } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { builtInQuotes } from './built-in-rate.ts';
import { convertOnCredit } from './convert-on-credit.ts';
import { lockForConversion } from './convert-balance.ts';
import { judgeQuotes } from './judge-quotes.ts';
import { RateKeeper } from './rate-keeper.ts';

let desk: GraphqlDesk;
let bot: GraphqlCaller;
let finance: GraphqlCaller;
let exchanges: Server;
let keeper: RateKeeper;
/** What each of the three exchanges says that one TRX costs; null says nothing. */
let prices: (string | null)[];
let asked: number;

beforeEach(async () => {
  desk = await GraphqlDesk.start();
  bot = await desk.client('BOT');
  finance = await desk.operator('FINANCE');
  prices = ['0.3', '0.301', '0.302'];
  asked = 0;
  exchanges = createServer((request, response) => {
    asked += 1;
    const price = prices[Number(request.url?.slice(1))];
    if (typeof price !== 'string') response.writeHead(503).end();
    else {
      response.end(JSON.stringify({ symbol: 'TRXUSDT', bidPrice: price, askPrice: price }));
    }
  });
  await new Promise<void>((resolve) => exchanges.listen(0, '127.0.0.1', resolve));
  const { port } = exchanges.address() as AddressInfo;
  await set(
    change(
      'rates.sources',
      [0, 1, 2].map((place) => ({
        name: `Exchange ${place}`,
        kind: 'BINANCE' as const,
        url: `http://127.0.0.1:${port}/${place}`,
      })),
    ),
  );
  keeper = new RateKeeper({
    database: desk.core.database,
    clock: systemClock,
    local: true,
    report: (error) => desk.core.errors.push(error),
  });
});
afterEach(async () => {
  await keeper.stop();
  exchanges.closeAllConnections();
  await new Promise((resolve) => exchanges.close(resolve));
  await expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url);
  await desk.stop();
});

function set(...changes: SettingChange[]): Promise<unknown> {
  const { database, actor } = desk.core;
  return database.transaction(actor, (em) => changeSettings(em, actor, changes, 'test'));
}

/** Makes what was asked so far look older. */
async function age(seconds: number): Promise<void> {
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    query(em, `update exchange_rates set at = at - make_interval(secs => $1)`, [seconds]),
  );
}

interface Rate {
  usable: boolean;
  problem: string | null;
  trxForOneUsdt: string | null;
  usdtForOneTrx: string | null;
  rate: { usdtPerTrx: string } | null;
  last: {
    outcome: string;
    sources: { name: string; used: boolean; why: string | null }[];
  } | null;
}

async function rate(): Promise<Rate> {
  const { exchangeRate } = await bot.request<{ exchangeRate: Rate }>(
    `{ exchangeRate { usable problem trxForOneUsdt usdtForOneTrx spreadPerMille
       rate { usdtPerTrx trxPerUsdt at } last { outcome sources { name bid ask used why } } } }`,
  );
  return exchangeRate;
}

/** A user with USDT. */
async function userWithUsdt(amount: bigint): Promise<{ telegramId: bigint; id: string }> {
  const telegramId = await desk.core.user(100n);
  const { database, actor, ids } = desk.core;
  const id = await database.transaction(actor, async (em) => {
    const [user] = await ensureUsers(em, ids, [{ by: 'telegramId', telegramId }]);
    const { id: userId } = present(user, 'user');
    await credit(userId, amount, em);
    return userId;
  });
  return { telegramId, id };
}

async function credit(
  userId: string,
  amount: bigint,
  em: Parameters<typeof postTransfers>[0],
): Promise<void> {
  const accounts = await userAccounts(em, [userId], 'USDT', { lock: false });
  const from = await systemAccount(em, 'desk.adjustments', 'USDT');
  await postTransfers(em, desk.core.actor, [
    {
      kind: 'adjustment',
      reference: desk.core.ids.next(),
      postings: [
        { account: present(accounts.get(userId), 'accounts').available.id, amount },
        { account: from, amount: -amount },
      ],
    },
  ]);
}

async function balances(telegramId: bigint): Promise<Record<string, string>> {
  const { user } = await bot.request<{
    user: { balances: { currency: string; available: string }[] };
  }>(`query ($t: String) { user(ref: { telegramId: $t }) { balances { currency available } } }`, {
    t: telegramId.toString(),
  });
  return Object.fromEntries(user.balances.map(({ currency, available }) => [currency, available]));
}

const CONVERT = `mutation ($input: ConvertBalanceInput!) { convertBalance(input: $input) {
  id amount { amount currency } received { amount currency } usdtPerTrx spreadPerMille creditOf
  sources { name bid used } user { id } } }`;

function input(telegramId: bigint, amount: string, more: object = {}): Record<string, unknown> {
  const user = { telegramId: telegramId.toString() };
  return {
    input: { user, from: 'USDT', to: 'TRX', amount, clientId: desk.core.ids.next(), ...more },
  };
}

describe('the rate', () => {
  it('is the median of the exchanges, with the spread for users, and names who was left out', async () => {
    expect(await rate()).toMatchObject({ usable: false, problem: 'No exchange was asked yet.' });
    await keeper.askOnce();
    expect(await rate()).toMatchObject({
      usable: true,
      problem: null,
      rate: { usdtPerTrx: '0.301' },
      // 1 / 0.301 and 0.301, less a hundredth.
      trxForOneUsdt: '3.289036',
      usdtForOneTrx: '0.29799',
    });
    prices = ['0.3', '0.301', '0.9'];
    await keeper.askOnce();
    expect((await rate()).last).toMatchObject({
      outcome: 'GOOD',
      sources: [
        { used: true, why: null },
        { used: true },
        { name: 'Exchange 2', used: false, why: expect.stringContaining('away') as string },
      ],
    });
  });

  it('goes on for a while when exchanges are silent, and then stops conversions alone', async () => {
    const { telegramId } = await userWithUsdt(10n * UNIT);
    await keeper.askOnce();
    prices = [null, null, '0.301'];
    await keeper.askOnce();
    expect(await rate()).toMatchObject({ usable: true, last: { outcome: 'TOO_FEW' } });
    await age(121);
    await keeper.askOnce();
    expect(await rate()).toMatchObject({ usable: false, rate: null });
    const refused = await bot.refusal(CONVERT, input(telegramId, '1'));
    expect(refused).toMatchObject({ code: 'RATE_UNAVAILABLE', retryable: true });
    expect(refused.message).toContain('Only 1 of 3 exchanges');
    // TRX business goes on.
    await desk.core.wallet(50_000n);
    await desk.core.place({ telegramId });
  });

  it('stops at once when exchanges disagree or the rate jumps, and believes a jump that lasts', async () => {
    await keeper.askOnce();
    prices = ['0.3', '0.35', null];
    await keeper.askOnce();
    expect(await rate()).toMatchObject({ usable: false, last: { outcome: 'DISAGREE' } });
    prices = ['0.5', '0.5', '0.5'];
    await keeper.askOnce();
    expect(await rate()).toMatchObject({
      usable: false,
      problem: expect.stringContaining('not believed') as string,
    });
    await age(3_601);
    await keeper.askOnce();
    expect(await rate()).toMatchObject({ usable: true, rate: { usdtPerTrx: '0.5' } });
    const { exchangeRates } = await finance.request<{
      exchangeRates: { edges: { node: { outcome: string } }[]; pageInfo: { endCursor: string } };
    }>(`{ exchangeRates(first: 2) { edges { node { outcome } } pageInfo { endCursor } } }`);
    expect(exchangeRates.edges.map(({ node }) => node.outcome)).toEqual(['GOOD', 'JUMPED']);
    const next = await finance.request<{
      exchangeRates: { edges: { node: { outcome: string } }[] };
    }>(`query ($after: String) { exchangeRates(after: $after) { edges { node { outcome } } } }`, {
      after: exchangeRates.pageInfo.endCursor,
    });
    expect(next.exchangeRates.edges.map(({ node }) => node.outcome)).toEqual(['DISAGREE', 'GOOD']);
  });

  it('is told by quarters of an hour, with the gaps', async () => {
    await keeper.askOnce();
    await age(7_200);
    prices = ['0.31', '0.31', '0.31'];
    await set(change('rates.maxJumpPerMille', 1_000));
    await keeper.askOnce();
    prices = [null, null, null];
    await keeper.askOnce();
    const ask = `query ($hours: Int!) { exchangeRateSeries(hours: $hours) {
      at last low high refused } }`;
    const { exchangeRateSeries: quarters } = await finance.request<{
      exchangeRateSeries: { at: string; last: string | null; refused: number }[];
    }>(ask, { hours: 3 });
    expect(quarters).toHaveLength(12);
    expect(new Set(quarters.map(({ at }) => Date.parse(at) % 900_000))).toEqual(new Set([0]));
    const known = quarters.filter(({ last }) => last !== null);
    expect(known).toMatchObject([
      { last: '0.301', low: '0.301', high: '0.301', refused: 0 },
      { last: '0.31', low: '0.31', high: '0.31' },
    ]);
    expect(quarters.reduce((sum, { refused }) => sum + refused, 0)).toBe(1);
    expect(await finance.refusal(ask, { hours: 73 })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'hours',
    });
    expect(await bot.refusal(ask, { hours: 3 })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is kept fresh by one of several processes', async () => {
    const other = new RateKeeper({
      database: desk.core.database,
      clock: systemClock,
      local: true,
      report: (error) => desk.core.errors.push(error),
    });
    keeper.start();
    await expect.poll(() => asked).toBe(3);
    await expect.poll(async () => (await rate()).usable).toBe(true);
    other.start();
    await other.stop();
    expect(asked).toBe(3);
  });

  it('moves by itself on the local network, and is the same for everybody', async () => {
    await set(change('rates.sources', []));
    await keeper.askOnce();
    expect(asked).toBe(0);
    expect((await rate()).usable).toBe(true);
    const at = (ms: number) => builtInQuotes({ ...systemClock, now: () => new Date(ms) });
    expect(at(1e12)).toEqual(at(1e12));
    const rules = {
      maxAgeSeconds: 60,
      minSources: 3,
      maxDeviationPerMille: 5,
      maxSourceSpreadPerMille: 5,
      maxJumpPerMille: 10,
    };
    let before: bigint | null = null;
    const seen = new Set<bigint>();
    for (let ms = 1e12; ms < 1e12 + 7_200_000; ms += 30_000) {
      const { outcome, price } = judgeQuotes(at(ms), { ...rules, now: new Date(ms), before });
      expect(outcome).toBe('GOOD');
      before = present(price, 'price');
      seen.add(before);
    }
    expect(seen.size).toBeGreaterThan(100);
  });
});

describe('a conversion', () => {
  it('moves both currencies in one transfer, once, with its rate and sources', async () => {
    await keeper.askOnce();
    const { telegramId } = await userWithUsdt(10n * UNIT);
    const wish = input(telegramId, '7.000001');
    const [one, two] = await Promise.all([
      bot.request<{ convertBalance: { id: string } }>(CONVERT, wish),
      bot.request<{ convertBalance: { id: string } }>(CONVERT, wish),
    ]);
    expect(one).toEqual(two);
    expect(one.convertBalance).toMatchObject({
      amount: { amount: '7.000001', currency: 'USDT' },
      // 7.000001 · 0.99 / 0.301 = 23.02325910…, rounded down.
      received: { amount: '23.023259', currency: 'TRX' },
      usdtPerTrx: '0.301',
      spreadPerMille: 10,
      creditOf: null,
      sources: [{ bid: '0.3' }, { bid: '0.301' }, { bid: '0.302' }],
    });
    expect(await balances(telegramId)).toEqual({ TRX: '123.023259', USDT: '2.999999' });
    const { statement } = await bot.request<{
      statement: { edges: { node: Record<string, unknown> }[] };
    }>(
      `query ($t: String) { statement(input: { user: { telegramId: $t }, currency: USDT }, first: 1) {
        edges { node { category amount balanceAfter conversion { id } } } } }`,
      { t: telegramId.toString() },
    );
    expect(statement.edges[0]?.node).toEqual({
      category: 'CONVERSION',
      amount: '-7.000001',
      balanceAfter: '2.999999',
      conversion: { id: one.convertBalance.id },
    });
    const other = { ...(wish['input'] as object), amount: '1' };
    expect(await bot.refusal(CONVERT, { input: other })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('goes the other way, and there and back costs the user', async () => {
    await keeper.askOnce();
    const { telegramId } = await userWithUsdt(UNIT);
    await bot.request(CONVERT, input(telegramId, '100', { from: 'TRX', to: 'USDT' }));
    expect(await balances(telegramId)).toEqual({ TRX: '0', USDT: '30.799' });
    await bot.request(CONVERT, input(telegramId, '29.799'));
    expect(await balances(telegramId)).toEqual({ TRX: '98.01', USDT: '1' });
  });

  it('is refused with what is wrong', async () => {
    await keeper.askOnce();
    const { telegramId } = await userWithUsdt(UNIT);
    const cases: [string, object][] = [
      ['INSUFFICIENT_BALANCE', { amount: '1.000001' }],
      ['BAD_INPUT', { amount: '0' }],
      ['BAD_INPUT', { amount: '-1' }],
      ['BAD_INPUT', { to: 'USDT' }],
      ['BAD_INPUT', { clientId: '' }],
      ['RATE_CHANGED', { minReceived: '3.289037' }],
      ['UNKNOWN_USER', { user: { telegramId: '404' } }],
      // A micro-TRX is worth no whole micro-USDT.
      ['BAD_INPUT', { from: 'TRX', to: 'USDT', amount: '0.000001' }],
    ];
    for (const [code, more] of cases) {
      const refused = await bot.refusal(CONVERT, input(telegramId, '1', more));
      expect([more, refused.code]).toEqual([more, code]);
    }
    expect(await balances(telegramId)).toEqual({ TRX: '100', USDT: '1' });
    await bot.request(CONVERT, input(telegramId, '1', { minReceived: '3.289036' }));
  });

  it('never overdraws when many are asked for at once, both ways', async () => {
    await keeper.askOnce();
    const { telegramId } = await userWithUsdt(10n * UNIT);
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        bot.ask(
          CONVERT,
          index % 2 === 0
            ? input(telegramId, '3')
            : input(telegramId, '30', { from: 'TRX', to: 'USDT' }),
        ),
      ),
    );
    const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(new Set(codes)).toEqual(new Set(codes.length > 0 ? ['INSUFFICIENT_BALANCE'] : []));
    expect(codes.length).toBeLessThan(24);
  });
});

describe('a credit', () => {
  it('stays USDT, or becomes TRX at once, as the setting says; without a rate it stays', async () => {
    const { telegramId, id } = await userWithUsdt(0n + UNIT);
    const { database, actor, ids } = desk.core;
    const give = (reference: string): Promise<void> =>
      database.transaction(actor, async (em) => {
        await lockForConversion(em, [id]);
        await credit(id, 10n * UNIT, em);
        await convertOnCredit(em, ids, actor, [
          { userId: id, currency: 'USDT', amount: 10n * UNIT, reference },
        ]);
      });
    await give('kept');
    expect(await balances(telegramId)).toEqual({ TRX: '100', USDT: '11' });
    await set(change('rates.creditPolicy', 'CONVERT'));
    await give('without a rate');
    expect(await balances(telegramId)).toEqual({ TRX: '100', USDT: '21' });
    const events = await query(
      database.read(),
      `select from events where kind = 'conversion.kept'`,
    );
    expect(events).toHaveLength(1);
    await keeper.askOnce();
    await give('converted');
    expect(await balances(telegramId)).toEqual({ TRX: '132.890365', USDT: '21' });
    // The same credit again, as after a crash.
    await database.transaction(actor, (em) =>
      convertOnCredit(em, ids, actor, [
        { userId: id, currency: 'USDT', amount: 10n * UNIT, reference: 'converted' },
      ]),
    );
    expect(await balances(telegramId)).toEqual({ TRX: '132.890365', USDT: '21' });
  });
});
