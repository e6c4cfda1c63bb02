import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotPace } from './slot-pace.ts';

const options = { eagerMs: 75, idleMs: 500 };

/** Looks as the pace says at a chain whose blocks come at these times; tells delays and looks. */
function follow(
  arrivals: number[],
  pace = new SlotPace(options),
): { late: number[]; looks: number } {
  const late: number[] = [];
  let [now, looks, seen] = [0, 0, 0];
  while (seen < arrivals.length) {
    now += pace.pause(now);
    looks += 1;
    const due = arrivals.filter((time) => time <= now).length;
    if (due > seen) {
      late.push(...arrivals.slice(seen, due).map((time) => now - time));
      pace.arrived(now, due - seen);
      seen = due;
    }
  }
  return { late, looks };
}

describe('the pace of looking', () => {
  it('sees blocks of a steady chain within one look, with a few looks each', () => {
    const { late, looks } = follow(Array.from({ length: 100 }, (_, slot) => 1_000 + slot * 3_000));
    expect(Math.max(...late)).toBeLessThanOrEqual(75);
    // The first slot is looked through from end to end, to learn.
    expect(looks).toBeLessThan(60 + 100 * 7);
  });

  it('is in time for blocks that come late or leave slots out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ slots: fc.integer({ min: 1, max: 3 }), jitter: fc.nat(200) }), {
          minLength: 10,
          maxLength: 60,
        }),
        (steps) => {
          let slot = 0;
          const arrivals = steps.map(({ slots, jitter }) => (slot += slots) * 3_000 + jitter);
          const { late } = follow(arrivals);
          expect(Math.max(...late)).toBeLessThanOrEqual(150);
        },
      ),
    );
  });

  it('keeps up when the chain becomes fast, after at most one long rest', () => {
    const slow = Array.from({ length: 10 }, (_, slot) => 1_000 + slot * 3_000);
    const fast = Array.from({ length: 500 }, (_, slot) => 28_050 + slot * 50);
    const { late } = follow([...slow, ...fast]);
    expect(Math.max(...late.slice(150))).toBeLessThanOrEqual(75);
  });

  it('looks seldom at a chain that stands still', () => {
    const pace = new SlotPace(options);
    pace.arrived(0);
    pace.arrived(3_000);
    expect(pace.pause(19_000)).toBe(500);
    expect(pace.pause(6_000)).toBe(75);
  });
});
