import { z } from 'zod';

/** Prices are kept to a thousandth of a sun per Energy. */
export const MILLI = 1_000n;

const RATE = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

const rate = z
  .string()
  .refine((text) => RATE.test(text) && /[1-9]/.test(text), {
    error: 'a price is sun per Energy above 0 with at most three places, like "60" or "58.5"',
  })
  .transform((text) => {
    const [, whole = '0', fraction = ''] = RATE.exec(text) ?? [];
    return BigInt(whole) * MILLI + BigInt(fraction.padEnd(3, '0'));
  });

const fromEnergy = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, { error: 'a size is whole Energy, like "65000"' })
  .transform(BigInt);

const tiers = z
  .array(z.strictObject({ fromEnergy, sunPerEnergy: rate }))
  .min(1, { error: 'a duration has at least one size' })
  .max(20, { error: 'a duration has at most 20 sizes' })
  .refine((list) => list[0]?.fromEnergy === 1n, { error: 'the first size begins at "1"' })
  .refine(
    (list) => list.every(({ fromEnergy: from }, at) => from > (list[at - 1]?.fromEnergy ?? 0n)),
    { error: 'sizes grow' },
  )
  .transform((list) =>
    list.map(({ fromEnergy: from, sunPerEnergy }) => ({
      fromEnergy: from,
      milliSunPerEnergy: sunPerEnergy,
    })),
  );

/**
 * The price book: for each duration what one Energy costs, by the size of the order. `per` says
 * whether the price is for the whole rental or for each day of it.
 */
export const priceBook = z
  .array(
    z.strictObject({
      duration: z.string().min(1).max(12),
      per: z.enum(['RENTAL', 'DAY'], { error: 'a price is per RENTAL or per DAY' }),
      tiers,
    }),
  )
  .max(50)
  .refine((rows) => new Set(rows.map(({ duration }) => duration)).size === rows.length, {
    error: 'a duration is priced once',
  });

/** As stored and typed: decimal strings. */
export type PriceBookInput = z.input<typeof priceBook>;
/** As computed with: bigint; `milliSunPerEnergy` is a thousandth of a sun for one Energy. */
export type PriceBook = z.output<typeof priceBook>;
export type PriceRow = PriceBook[number];
export type PriceTier = PriceRow['tiers'][number];

const sizes = (small: string, transfer: string, large: string, wholesale: string) => [
  { fromEnergy: '1', sunPerEnergy: small },
  { fromEnergy: '65000', sunPerEnergy: transfer },
  { fromEnergy: '500000', sunPerEnergy: large },
  { fromEnergy: '2000000', sunPerEnergy: wholesale },
];

/**
 * Below the 100 sun that the chain burns for one Energy since proposal 104 and inside what the
 * market asks (46 to 85 sun for an hour); longer rentals are priced by the day, as the market does.
 */
export const defaultPriceBook: PriceBookInput = [
  { duration: '1h', per: 'RENTAL', tiers: sizes('75', '60', '55', '50') },
  { duration: '1d', per: 'DAY', tiers: sizes('95', '85', '80', '75') },
  { duration: '3d', per: 'DAY', tiers: sizes('80', '70', '66', '62') },
  { duration: '7d', per: 'DAY', tiers: sizes('70', '60', '56', '52') },
  { duration: '14d', per: 'DAY', tiers: sizes('60', '50', '47', '44') },
];
