import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { Factory, type MadeUser, type MadeWallet, type OrderWish } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { readOrderStatistics } from './order-statistics.ts';
import { readRevenue } from './revenue.ts';
import type { TimeBucket } from './time-buckets.ts';

let place: TestDatabase;
let database: Database;
let factory: Factory;
let user: MadeUser;
let wallet: MadeWallet;
let clientId: string;

/** A Tuesday. */
const at = (time: string) => new Date(`2026-03-10T${time}Z`);
const period = (from: Date, to: Date, bucket: TimeBucket) => ({ from, to, bucket });

/** An order that was placed, delivered and earned at given moments. */
async function past(
  wish: Omit<OrderWish, 'user' | 'wallets'>,
  moments: { placed: Date; completed?: Date; revenue?: Date },
) {
  const order = await factory.order({ user, wallets: [wallet], ...wish });
  await database.transaction(system('test'), (em) =>
    query(
      em,
      `update orders set placed_at = $2, completed_at = coalesce($3, completed_at),
                         revenue_at = coalesce($4, revenue_at) where id = $1`,
      [order.id, moments.placed, moments.completed ?? null, moments.revenue ?? null],
    ),
  );
}

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  factory = new Factory(database);
  user = await factory.user();
  wallet = await factory.wallet();
  clientId = await factory.apiClient();

  const solid = { state: 'COMPLETED', solid: true } as const;
  await past(
    { ...solid, priceSun: 3_900_000n, clientId },
    { placed: at('09:00:00'), completed: at('09:00:02'), revenue: at('09:59:59.999') },
  );
  await past(
    { ...solid, priceSun: 7_800_000n, energy: 131_000n },
    { placed: at('09:30:00'), completed: at('09:30:04'), revenue: at('10:00:00') },
  );
  await past(
    { ...solid, priceSun: 1_000_001n },
    { placed: at('09:59:00'), completed: at('09:59:12'), revenue: at('12:10:00') },
  );
  await past({ state: 'COMPLETED' }, { placed: at('11:00:00'), completed: at('11:00:06') });
  await past({ state: 'REFUNDED', clientId }, { placed: at('11:10:00') });
  await past({ state: 'CANCELLED' }, { placed: at('11:20:00') });
  await past({ state: 'PENDING' }, { placed: at('11:30:00') });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

describe('revenue', () => {
  it('falls into the hour in which it became final, empty hours too', async () => {
    const report = await readRevenue(
      database.read(),
      period(at('09:15:00'), at('13:00:00'), 'HOUR'),
    );
    expect(report).toEqual({
      totalSun: 12_700_001n,
      orders: 3,
      energy: 261_000n,
      buckets: [
        { start: at('09:00:00'), revenueSun: 3_900_000n, orders: 1, energy: 65_000n },
        { start: at('10:00:00'), revenueSun: 7_800_000n, orders: 1, energy: 131_000n },
        { start: at('11:00:00'), revenueSun: 0n, orders: 0, energy: 0n },
        { start: at('12:00:00'), revenueSun: 1_000_001n, orders: 1, energy: 65_000n },
      ],
    });
  });

  it('begins at `from` and ends before `to`', async () => {
    const total = async (from: Date, to: Date) =>
      (await readRevenue(database.read(), period(from, to, 'HOUR'))).totalSun;
    expect(await total(at('09:59:59.999'), at('10:00:00'))).toBe(3_900_000n);
    expect(await total(at('10:00:00'), at('12:10:00'))).toBe(7_800_000n);
  });

  it('is what the ledger has earned', async () => {
    const year = period(new Date('2026-01-01Z'), new Date('2027-01-01Z'), 'MONTH');
    const report = await readRevenue(database.read(), year);
    const [account] = await query<{ balance: bigint }>(
      database.read(),
      `select balance from ledger_accounts where code = 'desk.revenue.energy' and asset = 'TRX'`,
    );
    expect(report.totalSun).toBe(account?.balance);
    expect(report.buckets).toHaveLength(12);
    expect((await checkBooks(database.read())).breaks).toEqual([]);
  });

  it('cuts weeks on Mondays and days at midnight UTC', async () => {
    const [from, to] = [new Date('2026-03-08T12:00:00Z'), new Date('2026-03-11T00:00:00Z')];
    const starts = async (bucket: TimeBucket) =>
      (await readRevenue(database.read(), period(from, to, bucket))).buckets.map(({ start }) =>
        start.toISOString().slice(0, 13),
      );
    expect(await starts('WEEK')).toEqual(['2026-03-02T00', '2026-03-09T00']);
    expect(await starts('DAY')).toEqual(['2026-03-08T00', '2026-03-09T00', '2026-03-10T00']);
    expect(await starts('MONTH')).toEqual(['2026-03-01T00']);
  });

  it('can be that of one API client', async () => {
    const day = period(at('00:00:00'), at('23:00:00'), 'DAY');
    expect(await readRevenue(database.read(), day, clientId)).toMatchObject({
      totalSun: 3_900_000n,
      orders: 1,
    });
  });

  it.each([
    [at('10:00:00'), at('10:00:00'), 'DAY' as const, 'to'],
    [at('10:00:00'), at('09:00:00'), 'DAY' as const, 'to'],
    [new Date('2020-01-01Z'), new Date('2026-01-01Z'), 'HOUR' as const, 'bucket'],
  ])('refuses %s to %s by %s', async (from, to, bucket, field) => {
    await expect(readRevenue(database.read(), period(from, to, bucket))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      field,
    });
  });
});

describe('statistics of orders', () => {
  it('tell what became of the orders placed in the period', async () => {
    const day = period(at('09:00:00'), at('12:00:00'), 'HOUR');
    const figures = await readOrderStatistics(database.read(), day);
    expect(figures).toMatchObject({
      total: 7,
      byState: [
        { state: 'PENDING', count: 1 },
        { state: 'PROCESSING', count: 0 },
        { state: 'COMPLETED', count: 4 },
        { state: 'FAILED', count: 0 },
        { state: 'CANCELLED', count: 1 },
        { state: 'REFUNDED', count: 1 },
      ],
      successRate: 0.8,
      buckets: [
        { start: at('09:00:00'), placed: 3, completed: 3, failed: 0 },
        { start: at('10:00:00'), placed: 0, completed: 0, failed: 0 },
        { start: at('11:00:00'), placed: 4, completed: 1, failed: 1 },
      ],
    });
    const { mean, p50, p95, p99 } = figures.handlingSeconds;
    // 2, 4, 6 and 12 seconds.
    expect(mean).toBeCloseTo(6, 6);
    expect(p50).toBeCloseTo(5, 6);
    expect(p95).toBeCloseTo(11.1, 6);
    expect(p99).toBeCloseTo(11.82, 6);
  });

  it('know no rate and no time where nothing ended', async () => {
    const figures = await readOrderStatistics(
      database.read(),
      period(at('11:15:00'), at('11:45:00'), 'HOUR'),
    );
    expect(figures).toMatchObject({
      total: 2,
      successRate: null,
      handlingSeconds: { mean: null, p50: null, p95: null, p99: null },
    });
  });

  it('can be those of one API client', async () => {
    const day = period(at('00:00:00'), at('23:00:00'), 'DAY');
    expect(await readOrderStatistics(database.read(), day, clientId)).toMatchObject({
      total: 2,
      successRate: 0.5,
    });
  });
});
