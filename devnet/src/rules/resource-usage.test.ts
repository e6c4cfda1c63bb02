import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResourceState } from '../state/account.ts';
import { increaseUsage, takeOverUsage, usageAt } from './resource-usage.ts';

const fresh: ResourceState = {
  frozen: 0n,
  delegated: 0n,
  acquired: 0n,
  usage: 0n,
  time: 0n,
  window: 0n,
};
const day = 28_800n;

/** First slot at which nothing counts as used any more. */
function recoveredAt(state: ResourceState): bigint {
  let slot = state.time;
  while (usageAt(state, slot) > 0n) slot += 1n;
  return slot;
}

describe('recovery', () => {
  test('is linear over 24 h after one use', () => {
    const used = increaseUsage(fresh, 1_000_000n, 100n);
    expect(usageAt(used, 100n)).toBe(1_000_000n);
    for (const quarter of [1n, 2n, 3n]) {
      const left = usageAt(used, 100n + (day * quarter) / 4n);
      expect(Number(left)).toBeCloseTo(Number(250_000n * (4n - quarter)), -1);
    }
    expect(usageAt(used, 100n + day)).toBe(0n);
  });

  test('100M used, 1M more after 12 h: all back after 24.2 h', () => {
    const first = increaseUsage(fresh, 100_000_000n, 0n);
    const second = increaseUsage(first, 1_000_000n, day / 2n);
    expect(Number(second.usage)).toBeCloseTo(51_000_000, -1);
    const hours = Number(recoveredAt(second)) / 1_200;
    expect(hours).toBeGreaterThan(24.1);
    expect(hours).toBeLessThan(24.3);
  });

  test('never counts more than was used, never grows by waiting, ends within 24 h', () => {
    const units = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const wait = fc.bigInt({ min: 0n, max: day });
    fc.assert(
      fc.property(fc.array(fc.tuple(units, wait), { maxLength: 8 }), wait, (uses, later) => {
        let state = fresh;
        let now = 0n;
        let total = 0n;
        for (const [used, pause] of uses) {
          now += pause;
          state = increaseUsage(state, used, now);
          total += used;
        }
        expect(state.usage).toBeLessThanOrEqual(total + BigInt(uses.length));
        expect(usageAt(state, now + later)).toBeLessThanOrEqual(state.usage + 1n);
        expect(usageAt(state, now + day)).toBe(0n);
      }),
    );
  });
});

describe('taking over usage', () => {
  test('averages the windows by usage, at most 24 h', () => {
    const owner = increaseUsage(fresh, 1_000n, 0n);
    const receiver = increaseUsage(fresh, 3_000n, day / 2n);
    const after = takeOverUsage(owner, receiver, 3_000n, day / 2n);
    expect(after.usage).toBe(3_500n);
    // 500 with half a window and 3,000 with a whole one.
    expect(Number(after.window)).toBeCloseTo(((500 * 14_400 + 3_000 * 28_800) / 3_500) * 1_000, -4);
    expect(usageAt(after, day / 2n + day)).toBe(0n);
  });
});
