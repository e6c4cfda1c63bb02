import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { anApiClient, anOperator, aStranger, SchemaDesk } from '../testing/ask-schema.ts';
import { Factory } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { FinanceResolver } from './finance.resolver.ts';
import { financeRules } from './finance.rules.ts';

const analyst = anOperator('ANALYST');
let place: TestDatabase;
let database: Database;
let desk: SchemaDesk;
let clientId: string;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  desk = new SchemaDesk({ resolvers: [new FinanceResolver(database)], rules: [financeRules] });
  const factory = new Factory(database);
  clientId = await factory.apiClient();
  const [user, wallet] = [await factory.user(), await factory.wallet()];
  const sold = { user, wallets: [wallet], state: 'COMPLETED', solid: true } as const;
  await factory.order({ ...sold, priceSun: 4_225_000n, clientId });
  await factory.order({ ...sold, priceSun: 1n });
  await factory.order({ user, wallets: [wallet], state: 'REFUNDED' });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const REVENUE = `query Revenue($from: DateTime!, $to: DateTime!) { finance { revenue(from: $from, to: $to) {
  total { amount currency } orders energy buckets { revenue orders } } } }`;
const STATISTICS = `query Statistics($from: DateTime!, $to: DateTime!) {
  orderStatistics(from: $from, to: $to, bucket: MONTH) {
    total successRate byState { state count } handlingSeconds { mean p50 p95 p99 } buckets { placed } } }`;
const around = {
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
};

describe('finance and orderStatistics', () => {
  it('answer the console’s dashboard', async () => {
    const revenue = await desk.ask(analyst, REVENUE, around);
    expect(revenue.error).toBeNull();
    expect(revenue.data?.['finance']).toMatchObject({
      revenue: { total: { amount: '4.225001', currency: 'TRX' }, orders: 2, energy: '130000' },
    });
    const statistics = await desk.ask(analyst, STATISTICS, around);
    expect(statistics.error).toBeNull();
    expect(statistics.data?.['orderStatistics']).toMatchObject({
      total: 3,
      successRate: 2 / 3,
      handlingSeconds: { mean: expect.any(Number) as number },
    });
  });

  it('show a bot its own part, and a key of an analyst everything', async () => {
    const client = anApiClient(clientId, 'BOT');
    expect((await desk.ask(client, REVENUE, around)).data?.['finance']).toMatchObject({
      revenue: { total: { amount: '4.225' }, orders: 1 },
    });
    expect((await desk.ask(client, STATISTICS, around)).data?.['orderStatistics']).toMatchObject({
      total: 1,
      successRate: 1,
    });
    const reader = anApiClient(clientId, 'ANALYST');
    expect((await desk.ask(reader, REVENUE, around)).data?.['finance']).toMatchObject({
      revenue: { orders: 2 },
    });
  });

  it('refuse a period that ends before it begins, and too many buckets', async () => {
    const backwards = { from: around.to, to: around.from };
    for (const source of [REVENUE, STATISTICS]) {
      expect((await desk.ask(analyst, source, backwards)).error).toMatchObject({
        code: 'BAD_INPUT',
        field: 'to',
      });
    }
    const ages = { from: '1900-01-01T00:00:00Z', to: around.to };
    expect((await desk.ask(analyst, REVENUE, ages)).error).toMatchObject({
      code: 'BAD_INPUT',
      field: 'bucket',
    });
  });

  it('are not for everybody', async () => {
    const code = async (caller: typeof analyst, source: string) =>
      (await desk.ask(caller, source, around)).error?.code;
    expect(await code(anOperator('SUPPORT'), REVENUE)).toBe('FORBIDDEN');
    expect(await code(anOperator('SUPPORT'), STATISTICS)).toBeUndefined();
    expect(await code(aStranger, REVENUE)).toBe('UNAUTHENTICATED');
    expect(await code(aStranger, STATISTICS)).toBe('UNAUTHENTICATED');
  });
});
