import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import type { SettingInput, SettingKey } from '../settings/catalogue.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What 60,000 Energy recovers in three minutes, and what rounding takes. */
const SLACK = 140n;

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let analyst: GraphqlCaller;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  analyst = await desk.operator('ANALYST');
  await desk.core.wallet(20_000n, 'large');
  await desk.core.wallet(8_000n, 'small');
});
afterAll(async () => {
  await desk.stop();
});

async function set<Key extends SettingKey>(key: Key, value: SettingInput<Key>): Promise<void> {
  await desk.core.database.transaction(desk.core.actor, (em) =>
    changeSettings(em, desk.core.actor, [change(key, value)], 'for a test'),
  );
}

const PREVIEW = `query ($energy: Energy!, $strategy: AllocationStrategy) {
  allocationPreview(energy: $energy, strategy: $strategy) {
    possible deliverable shortBy free
    choice { code strategy candidates sufficient occasion at
             chosen { label energy stakeSun freeSun } en: sentence zh: sentence(language: ZH) } } }`;

interface Choice {
  code: string;
  occasion: string | null;
  en: string;
  zh: string;
  chosen: { label: string; stakeSun: string; freeSun: string }[];
}
interface Previewed {
  allocationPreview: {
    possible: boolean;
    deliverable: string;
    shortBy: string;
    free: string;
    choice: Choice | null;
  };
}

async function preview(energy: bigint, strategy?: string): Promise<Previewed['allocationPreview']> {
  const variables = { energy: energy.toString(), strategy };
  return (await analyst.request<Previewed>(PREVIEW, variables)).allocationPreview;
}

interface Stock {
  free: string;
  keptBack: string;
  deliverable: string;
}

async function inventory(): Promise<Stock> {
  return (
    await analyst.request<{ inventory: Stock }>('{ inventory { free keptBack deliverable } }')
  ).inventory;
}

async function everyRow(): Promise<unknown> {
  return query(
    desk.core.database.read(),
    `select (select jsonb_agg(w order by id) from wallets w) as wallets,
            (select count(*) from reservations) as reservations,
            (select count(*) from events) as events`,
  );
}

describe('allocationPreview', () => {
  it('says who would deliver, by each strategy, in both languages, and changes nothing', async () => {
    const before = await everyRow();
    const fit = await preview(65_000n);
    expect(fit.choice).toMatchObject({ code: 'BEST_FIT_ONE', occasion: null, at: null });
    expect(fit.choice?.chosen).toMatchObject([{ label: 'small', freeSun: '8000000000' }]);
    expect(fit.choice?.en).toContain('small has the smallest free stake that delivers all of it');
    expect(fit.choice?.zh).toContain('small');
    expect((await preview(65_000n, 'SPREAD')).choice?.chosen).toMatchObject([{ label: 'large' }]);
    const both = await preview(200_000n, 'FEWEST_SLICES');
    expect(both.choice).toMatchObject({ code: 'FEWEST_SLICES_SEVERAL' });
    expect(both.choice?.chosen).toHaveLength(2);
    expect(await everyRow()).toEqual(before);
  });

  it('says how much is missing, and the most that could be delivered', async () => {
    const { deliverable, free } = await preview(1_000n);
    const most = BigInt(deliverable);
    expect(await preview(most)).toMatchObject({ possible: true, shortBy: '0' });
    expect(await preview(most + 7n)).toMatchObject({ possible: false, shortBy: '7', choice: null });
    expect(BigInt(free)).toBeGreaterThanOrEqual(most);
  });

  it('is for those who see the pool', async () => {
    const bot = await desk.client('BOT');
    const refusal = await bot.refusal(PREVIEW, { energy: '1000' });
    expect(refusal.code).toBe('FORBIDDEN');
  });
});

describe('what each wallet keeps back', () => {
  it('is taken by no order, and is off the stock wherever it is shown', async () => {
    const { free } = await inventory();
    await set('wallets.reservePerMille', 500);
    const kept = await waitUntil('the setting is seen', async () => {
      const stock = await inventory();
      return stock.keptBack !== '0' && stock;
    });
    // Whole Energy is cut off for each wallet and part.
    const parts = BigInt(kept.free) + BigInt(kept.keptBack);
    expect([0n, 1n, 2n]).toContain(BigInt(free) - parts);
    expect((await preview(1_000n)).deliverable).toBe(kept.deliverable);
    const { wallets } = await analyst.request<{
      wallets: { capacity: { staked: string; free: string; keptBack: string } }[];
    }>('{ wallets { capacity { staked free keptBack } } }');
    for (const { capacity } of wallets) {
      expect(capacity.free).toBe((BigInt(capacity.staked) / 2n).toString());
      expect(capacity.keptBack).toBe(capacity.free);
    }
    const most = BigInt(kept.deliverable);
    await expect(desk.core.place({ energy: most + 1n })).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      details: { available: kept.deliverable },
    });
    const orderId = await desk.core.place({ energy: most });
    await set('wallets.reservePerMille', 0);
    await desk.core.blocks(5);
    expect(await desk.core.state(orderId)).toBe('COMPLETED');
    await desk.core.control('advance', { ms: HOUR_MS });
    await desk.core.blocks(10);
  });
});

describe('an order', () => {
  const ORDER = `query ($id: ID!) { order(id: $id) { whyWallets
    walletChoices { code occasion at en: sentence zh: sentence(language: ZH)
                    chosen { label stakeSun freeSun } } } }`;
  interface Why {
    order: { whyWallets: string | null; walletChoices: Choice[] };
  }

  it('keeps how its wallets were chosen, as it was then', async () => {
    const id = await desk.core.place({});
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(em, `update wallets set label = 'renamed' where label = 'small'`),
    );
    const { order } = await operator.request<Why>(ORDER, { id });
    expect(order.walletChoices).toMatchObject([
      { code: 'BEST_FIT_ONE', occasion: 'PLACED', chosen: [{ label: 'small' }] },
    ]);
    expect(order.whyWallets).toBe(order.walletChoices[0]?.en);
    expect(order.walletChoices[0]?.zh).toMatch(/可独立完成/);
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(em, `update wallets set label = 'small' where label = 'renamed'`),
    );
  });

  it('from before choices were kept has none', async () => {
    const id = await desk.core.place({});
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(em, `update orders set wallet_choices = null, why_wallets = 'old' where id = $1`, [id]),
    );
    const { order } = await operator.request<Why>(ORDER, { id });
    expect(order).toEqual({ whyWallets: 'old', walletChoices: [] });
    await desk.core.blocks(5);
    await desk.core.control('advance', { ms: HOUR_MS });
    await desk.core.blocks(10);
  });
});

describe('energyForecast', () => {
  const FORECAST = `query ($hours: Int!, $step: Int, $walletId: ID) {
    energyForecast(hours: $hours, stepMinutes: $step, walletId: $walletId) {
      from stepMinutes points { at staked free freeIfUsed reserved rented recovering returning } } }`;
  interface Point {
    at: string;
    staked: string;
    free: string;
    freeIfUsed: string;
    reserved: string;
    rented: string;
    recovering: string;
  }
  interface Forecast {
    energyForecast: { from: string; stepMinutes: number; points: Point[] };
  }
  const forecast = async (hours: number, step: number | null = null, walletId?: string) =>
    (await analyst.request<Forecast>(FORECAST, { hours, step, walletId })).energyForecast;

  /** The point for the chain's time of now. */
  const pointNow = async (points: readonly Point[]): Promise<Point> => {
    const { from } = await forecast(1);
    const [nearest] = [...points].sort((a, b) => distance(a.at, from) - distance(b.at, from));
    if (!nearest || distance(nearest.at, from) > 3 * MINUTE_MS) throw new Error('no point is near');
    return nearest;
  };

  it('comes true when nothing more is sold and buyers use nothing', async () => {
    const { core } = desk;
    const { address } = await core.wallet(12_000n, 'used');
    await core.control('use-energy', { address, energy: '60000' });
    const [hour, day] = [
      await core.place({ energy: 50_000n, duration: '1h' }),
      await core.place({ energy: 30_000n, duration: '1d' }),
    ];
    const promised = await forecast(1);
    expect(BigInt(promised.points[0]?.reserved ?? 0)).toBeGreaterThanOrEqual(80_000n);
    await core.blocks(6);
    expect([await core.state(hour), await core.state(day)]).toEqual(['COMPLETED', 'COMPLETED']);

    const near = await forecast(4, 1);
    const far = await forecast(29, 6);
    expect(near.points[0]?.free).toBe((await inventory()).free);
    expect(BigInt(near.points[0]?.recovering ?? 0)).toBeGreaterThan(50_000n);
    for (const [points, hours] of [
      [near.points, 0.5],
      [near.points, 2],
      [far.points, 12],
      [far.points, 13],
    ] as const) {
      await core.control('advance', { ms: hours * HOUR_MS });
      await core.blocks(10);
      const expected = await pointNow(points);
      const { free } = await inventory();
      expect(within(BigInt(free), BigInt(expected.free))).toBe(true);
    }
    expect(BigInt((await forecast(1)).points[0]?.rented ?? 1)).toBe(0n);
  });

  it('is not beaten by buyers who use all that they have', async () => {
    const { core } = desk;
    const receiver = await core.address();
    await core.place({ receiver, energy: 60_000n });
    await core.blocks(6);
    const { points } = await forecast(4, 1);
    await core.control('advance', { ms: 58 * MINUTE_MS });
    await core.blocks(1);
    await core.control('use-energy', { address: receiver, energy: '60000' });
    await core.blocks(1);
    await core.control('advance', { ms: 5 * MINUTE_MS });
    await core.blocks(10);
    const expected = await pointNow(points);
    const free = BigInt((await inventory()).free);
    expect(free).toBeLessThan(BigInt(expected.free) - 50_000n);
    expect(free).toBeGreaterThan(BigInt(expected.freeIfUsed) - 5n * SLACK);
  });

  it('is bounded, and may be of one wallet', async () => {
    expect((await forecast(24)).points).toHaveLength(97);
    expect((await forecast(72)).points.length).toBeLessThanOrEqual(300);
    for (const [hours, step] of [
      [0, null],
      [73, null],
      [24, 1],
      [24, 0],
      [1, 61],
    ] as const) {
      const refusal = await analyst.refusal(FORECAST, { hours, step });
      expect(refusal.code).toBe('BAD_INPUT');
    }
    const { wallets } = await analyst.request<{ wallets: { id: string }[] }>('{ wallets { id } }');
    const each = await Promise.all(wallets.map(({ id }) => forecast(2, 30, id)));
    const whole = await forecast(2, 30);
    for (const [index, point] of whole.points.entries()) {
      const total = each.reduce((sum, one) => sum + BigInt(one.points[index]?.free ?? 0), 0n);
      expect(BigInt(point.free)).toBe(total);
    }
    const refusal = await analyst.refusal(FORECAST, { hours: 1, walletId: 'nobody' });
    expect(refusal.code).toBe('NOT_FOUND');
  });
});

function distance(one: string, other: string): number {
  return Math.abs(new Date(one).getTime() - new Date(other).getTime());
}

function within(one: bigint, other: bigint): boolean {
  return one - other <= SLACK && other - one <= SLACK;
}
