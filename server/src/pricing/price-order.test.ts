import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceBook } from '../settings/price-book.ts';
import { defaultSettings } from '../settings/read-settings.ts';
import { priceOrder, type PriceTerms } from './price-order.ts';

const terms = defaultSettings.values;
const price = (energy: bigint, duration: string) => priceOrder(terms, { energy, duration });

describe('the default price book', () => {
  it.each([
    [
      65_000n,
      '1h',
      3_900_000n,
      '60',
      '65,000 Energy for 1 hour at 60 sun per Energy = 3,900,000 sun: 3.9 TRX.',
    ],
    [
      131_000n,
      '3d',
      27_510_000n,
      '210',
      '131,000 Energy for 3 days at 70 sun per Energy and day = 27,510,000 sun: 27.51 TRX.',
    ],
    [
      64_999n,
      '1h',
      3_900_000n,
      '60.001',
      '64,999 Energy for 1 hour at 75 sun per Energy = 4,874,925 sun; 65,000 Energy at 60 sun cost only 3,900,000 sun, and no order costs more than a larger one: 3.9 TRX.',
    ],
    [
      1_000n,
      '1h',
      600_000n,
      '600',
      '1,000 Energy for 1 hour at 75 sun per Energy = 75,000 sun; no order costs less than 600,000 sun: 0.6 TRX.',
    ],
  ])('asks for %s Energy for %s %s sun', (energy, duration, sun, per, explanation) => {
    expect(price(energy, duration)).toMatchObject({
      priceSun: sun,
      pricePerEnergy: per,
      explanation,
    });
  });

  it('names the rounding where there is one', () => {
    const odd: PriceTerms = {
      ...terms,
      'pricing.minimumSun': 1n,
      'pricing.book': priceBook.parse([
        { duration: '1h', per: 'RENTAL', tiers: [{ fromEnergy: '1', sunPerEnergy: '0.333' }] },
      ]),
    };
    expect(priceOrder(odd, { energy: 1_001n, duration: '1h' })).toMatchObject({
      priceSun: 334n,
      explanation:
        '1,001 Energy for 1 hour at 0.333 sun per Energy = 334 sun, rounded up to a whole sun: 0.000334 TRX.',
    });
  });

  it.each([0n, -1n, 999n, 10_000_001n, 2n ** 63n])('does not sell %s Energy', (energy) => {
    expect(() => price(energy, '1h')).toThrow(
      expect.objectContaining({
        code: 'ENERGY_OUT_OF_RANGE',
        details: { energy: String(energy), minEnergy: '1000', maxEnergy: '10000000' },
      }),
    );
  });

  it('does not sell a duration that is unknown, or known without a price', () => {
    expect(() => price(65_000n, '2h')).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_DURATION',
        details: { duration: '2h', durations: ['1h', '1d', '3d', '7d', '14d'] },
      }),
    );
    expect(() =>
      priceOrder({ ...terms, 'pricing.book': [] }, { energy: 65_000n, duration: '1h' }),
    ).toThrow(expect.objectContaining({ code: 'UNKNOWN_DURATION' }));
  });
});

/** Any price book that the settings would take, prices falling or rising with size alike. */
const anyTerms = fc
  .record({
    per: fc.constantFrom('RENTAL' as const, 'DAY' as const),
    steps: fc.array(
      fc.record({
        gap: fc.integer({ min: 1, max: 200_000 }),
        milli: fc.integer({ min: 1, max: 300_000 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    minimum: fc.bigInt({ min: 1n, max: 5_000_000n }),
  })
  .map(({ per, steps, minimum }): PriceTerms => {
    let from = 0;
    return {
      ...terms,
      'orders.minEnergy': 1n,
      'pricing.minimumSun': minimum,
      'pricing.book': priceBook.parse([
        {
          duration: '3d',
          per,
          tiers: steps.map(({ gap, milli }, at) => ({
            fromEnergy: String((from = at === 0 ? 1 : from + gap)),
            sunPerEnergy: (milli / 1_000).toFixed(3),
          })),
        },
      ]),
    };
  });
const anyEnergy = fc.bigInt({ min: 1n, max: 2_000_000n });

describe('every price book', () => {
  it('never asks more for less Energy', () => {
    fc.assert(
      fc.property(anyTerms, anyEnergy, anyEnergy, (book, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const cheap = priceOrder(book, { energy: less, duration: '3d' }).priceSun;
        expect(cheap).toBeLessThanOrEqual(
          priceOrder(book, { energy: more, duration: '3d' }).priceSun,
        );
      }),
    );
  });

  it('never asks less than the minimum, nor more than the tier of the order says', () => {
    fc.assert(
      fc.property(anyTerms, anyEnergy, (book, energy) => {
        const { priceSun } = priceOrder(book, { energy, duration: '3d' });
        const minimum = book['pricing.minimumSun'];
        const [row] = book['pricing.book'];
        const tier = row?.tiers.findLast(({ fromEnergy }) => fromEnergy <= energy);
        const exactMilli =
          energy * (tier?.milliSunPerEnergy ?? 0n) * (row?.per === 'DAY' ? 3n : 1n);
        expect(priceSun).toBeGreaterThanOrEqual(minimum);
        if (priceSun > minimum) expect(priceSun * 1_000n).toBeLessThan(exactMilli + 1_000n);
      }),
    );
  });

  it('is exact to the sun in its highest tier', () => {
    fc.assert(
      fc.property(anyTerms, anyEnergy, (book, energy) => {
        const [row] = book['pricing.book'];
        const tier = row?.tiers.at(-1);
        if (!row || !tier || tier.fromEnergy > energy) return;
        const exactMilli = energy * tier.milliSunPerEnergy * (row.per === 'DAY' ? 3n : 1n);
        const { priceSun } = priceOrder(book, { energy, duration: '3d' });
        if (priceSun === book['pricing.minimumSun']) return;
        expect(priceSun * 1_000n).toBeGreaterThanOrEqual(exactMilli);
        expect((priceSun - 1n) * 1_000n).toBeLessThan(exactMilli);
      }),
    );
  });

  it('says the price per Energy to the nearest thousandth of a sun', () => {
    fc.assert(
      fc.property(anyTerms, anyEnergy, (book, energy) => {
        const { priceSun, pricePerEnergy } = priceOrder(book, { energy, duration: '3d' });
        const [whole = '0', fraction = ''] = pricePerEnergy.split('.');
        const milli = BigInt(whole) * 1_000n + BigInt(fraction.padEnd(3, '0'));
        const off = 2n * (milli * energy - priceSun * 1_000n);
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(energy);
      }),
    );
  });
});
