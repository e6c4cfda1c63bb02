import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum, UNIT } from '../kernel/money.ts';
import { FULL_WINDOW_SLOTS } from '../chain/resource-maths.ts';
import { forecastPool, type ForecastPoint, type ForecastWallet } from './forecast.ts';

const ratio = { totalLimit: 180_000_000_000n, totalWeight: 19_000_000_000n };
const HOUR_MS = 3_600_000;
const terms = {
  ratio,
  reserve: { perMille: 0n, sun: 0n },
  fromMs: 1_000_000,
  stepMs: HOUR_MS,
  steps: 26,
};
/** In Energy: the chain lends no part of a TRX below one, and rounds usage to whole units. */
const ROUNDING = 11n;

function wallet(change: Partial<ForecastWallet> = {}): ForecastWallet {
  return {
    walletId: 'w',
    sells: true,
    staked: 19_000n * UNIT,
    delegated: 0n,
    usage: { usage: 0n, windowSlots: FULL_WINDOW_SLOTS, atMs: terms.fromMs },
    absorbing: 0n,
    reserved: 0n,
    rented: 0n,
    unstaking: 0n,
    ...change,
  };
}

describe('a forecast', () => {
  it('gives a rental’s stake back at its end', () => {
    const rented = 1_900n * UNIT;
    const points = forecastPool(
      [wallet({ rented, delegated: rented })],
      [{ walletId: 'w', step: 3, sun: rented }],
      terms,
    );
    expect(points.slice(0, 5).map(({ free }) => free)).toEqual([
      162_000n,
      162_000n,
      162_000n,
      180_000n,
      180_000n,
    ]);
    expect(points[3]).toMatchObject({ returning: 18_000n, rented: 0n, freeIfUsed: 162_000n });
    expect(points[15]).toMatchObject({ returning: 0n, free: 180_000n, freeIfUsed: 171_000n });
    expect(points[26]).toMatchObject({ free: 180_000n, freeIfUsed: 179_249n });
  });

  it('lets usage recover over its window', () => {
    const usage = { usage: 24_000n, windowSlots: FULL_WINDOW_SLOTS, atMs: terms.fromMs };
    const points = forecastPool([wallet({ usage })], [], terms);
    expect(points[0]?.recovering).toBe(23_999n);
    expect(points[12]?.recovering).toBe(11_999n);
    expect(points[24]).toMatchObject({ recovering: 0n, free: 180_000n });
  });

  it('takes stake that is promised for delivered, and that of other wallets for idle', () => {
    const [now, next] = forecastPool(
      [
        wallet({ reserved: 1_900n * UNIT }),
        wallet({ walletId: 'v', sells: false, unstaking: 1_900n * UNIT }),
      ],
      [],
      terms,
    );
    expect(now).toMatchObject({ reserved: 18_000n, rented: 0n, free: 162_000n, idle: 162_000n });
    expect(next).toMatchObject({ reserved: 0n, rented: 18_000n, unstaking: 18_000n });
  });
});

describe('any forecast', () => {
  const part = fc.bigInt(0n, 1_000n);
  const pool = fc.array(
    fc.record({
      stake: fc.bigInt(1n, 100_000n),
      rented: part,
      reserved: part,
      usage: part,
      window: fc.bigInt(1n, FULL_WINDOW_SLOTS),
      absorbing: fc.bigInt(0n, 1_000n),
      sells: fc.boolean(),
      ends: fc.array(fc.record({ step: fc.nat(40), part: fc.bigInt(0n, 300n) }), {
        maxLength: 6,
      }),
    }),
    { maxLength: 4 },
  );
  const reserve = fc.record({
    perMille: fc.bigInt(0n, 1_000n),
    sun: fc.bigInt(0n, 10_000n * UNIT),
  });

  type Made = (typeof pool extends fc.Arbitrary<infer Value> ? Value : never)[number];
  const made = (all: readonly Made[]) => {
    const wallets = all.map((one, index): ForecastWallet => {
      const staked = one.stake * UNIT;
      const rented = (((staked * one.rented) / 1_000n / UNIT) * UNIT) / 2n;
      return wallet({
        walletId: `${index}`,
        sells: one.sells,
        staked,
        rented,
        delegated: rented,
        reserved: (staked * one.reserved) / 2_000n,
        usage: {
          ...wallet().usage,
          usage: (one.stake * 9n * one.usage) / 1_000n,
          windowSlots: one.window,
        },
        absorbing: one.absorbing * UNIT,
      });
    });
    const endings = all.flatMap(({ ends }, index) => {
      const { rented, reserved } = wallets[index] ?? wallet();
      return ends.slice(0, 3).map((end) => ({
        walletId: `${index}`,
        step: end.step + 1,
        sun: ((rented + reserved) * end.part) / 1_000n,
      }));
    });
    return { wallets, endings };
  };

  it('never has more than all stake, and its parts add up to it', () => {
    fc.assert(
      fc.property(pool, reserve, (all, kept) => {
        const { wallets, endings } = made(all);
        for (const point of forecastPool(wallets, endings, { ...terms, reserve: kept })) {
          const { staked } = point;
          for (const value of values(point)) expect(value).toBeGreaterThanOrEqual(0n);
          expect(point.freeIfUsed).toBeLessThanOrEqual(point.free);
          const parts =
            sum([point.free, point.idle, point.keptBack, point.reserved, point.rented]) +
            point.recovering;
          if (wallets.every(coversItsPromises)) expect(parts).toBeLessThanOrEqual(staked);
          expect(parts).toBeGreaterThanOrEqual(staked - 7n * BigInt(wallets.length));
        }
      }),
    );
  });

  it('has nothing less free later, since nothing more is sold', () => {
    fc.assert(
      fc.property(pool, reserve, (all, kept) => {
        const { wallets, endings } = made(all);
        const points = forecastPool(wallets, endings, { ...terms, reserve: kept });
        for (const [index, point] of points.entries()) {
          const next = points[index + 1];
          if (!next) continue;
          const slack = ROUNDING * BigInt(wallets.length);
          expect(next.free).toBeGreaterThanOrEqual(point.free - slack);
          expect(next.freeIfUsed).toBeGreaterThanOrEqual(point.freeIfUsed - slack);
          expect(next.atMs - point.atMs).toBe(HOUR_MS);
        }
      }),
    );
  });

  it('is the sum of its wallets', () => {
    fc.assert(
      fc.property(pool, (all) => {
        const { wallets, endings } = made(all);
        const whole = forecastPool(wallets, endings, terms);
        const each = wallets.map((one) =>
          forecastPool(
            [one],
            endings.filter(({ walletId }) => walletId === one.walletId),
            terms,
          ),
        );
        for (const [index, point] of whole.entries()) {
          expect(point.free).toBe(sum(each.map((points) => points[index]?.free ?? 0n)));
        }
      }),
    );
  });
});

function values({ atMs: _atMs, ...energies }: ForecastPoint): bigint[] {
  return Object.values(energies);
}

/** An observation may lie below what was promised before it. */
function coversItsPromises({ staked, reserved, rented, usage }: ForecastWallet): boolean {
  const used = (usage.usage * ratio.totalWeight * UNIT) / ratio.totalLimit;
  return reserved + rented + used <= staked;
}
