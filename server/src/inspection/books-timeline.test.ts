import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressFromHex } from '../chain/address.ts';
import { differenceOf, type Lent, sumsDuring } from './books-timeline.ts';

const receiver = addressFromHex(`41${'11'.repeat(20)}`);

const rental = fc
  .record({
    sun: fc.bigInt(1n, 1_000n),
    fromMs: fc.integer({ min: 0, max: 100 }),
    lasts: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
  })
  .map(({ sun, fromMs, lasts }): Lent => ({
    receiver,
    resource: 'ENERGY',
    sun,
    fromMs,
    untilMs: lasts === null ? null : fromMs + lasts,
  }));

function out(rentals: readonly Lent[], moment: number): bigint {
  return rentals
    .filter(({ fromMs, untilMs }) => fromMs <= moment && (untilMs === null || untilMs > moment))
    .reduce((total, { sun }) => total + sun, 0n);
}

describe('sumsDuring', () => {
  it('has what is out at each moment of the window, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(rental, { maxLength: 6 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 40 }),
        (rentals, fromMs, width) => {
          const throughMs = fromMs + width;
          const moments = Array.from({ length: width + 1 }, (_, index) => fromMs + index);
          const expected = new Set(moments.map((moment) => out(rentals, moment)));
          const sums = sumsDuring(rentals, { fromMs, throughMs });
          expect(new Set(sums)).toEqual(expected);
          expect(sums[0]).toBe(out(rentals, throughMs));
        },
      ),
    );
  });
});

describe('differenceOf', () => {
  it('calls a chain right that shows any moment of the window', () => {
    fc.assert(
      fc.property(
        fc.array(rental, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 40 }),
        fc.nat(),
        (rentals, fromMs, width, pick) => {
          const seen = out(rentals, fromMs + (pick % (width + 1)));
          const sums = sumsDuring(rentals, { fromMs, throughMs: fromMs + width });
          expect(differenceOf(seen, sums, null).difference).toBe(0n);
        },
      ),
    );
  });

  it('keeps the known difference while rentals come and go', () => {
    fc.assert(
      fc.property(
        fc.array(rental, { minLength: 1, maxLength: 6 }),
        fc.bigInt(1_000_000n, 2_000_000n),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 40 }),
        fc.nat(),
        (rentals, orphan, fromMs, width, pick) => {
          const seen = out(rentals, fromMs + (pick % (width + 1))) + orphan;
          const sums = sumsDuring(rentals, { fromMs, throughMs: fromMs + width });
          expect(differenceOf(seen, sums, orphan).difference).toBe(orphan);
        },
      ),
    );
  });

  it('takes the smallest that it can be when nothing is known', () => {
    expect(differenceOf(100n, [30n, 90n, 500n], null)).toEqual({ books: 90n, difference: 10n });
    expect(differenceOf(0n, [70n], null)).toEqual({ books: 70n, difference: -70n });
  });
});
