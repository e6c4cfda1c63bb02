import { present } from '../kernel/assert.ts';
import { divideUp, formatAmount } from '../kernel/money.ts';
import type { Duration, SettingValues } from '../settings/catalogue.ts';
import { MILLI, type PriceTier } from '../settings/price-book.ts';
import { EnergyOutOfRange, UnknownDuration } from './pricing.errors.ts';

/** The settings that make a price. */
export type PriceTerms = Pick<
  SettingValues,
  | 'orders.minEnergy'
  | 'orders.maxEnergy'
  | 'orders.durations'
  | 'pricing.book'
  | 'pricing.minimumSun'
>;

export interface Price {
  readonly priceSun: bigint;
  /** The price divided by the Energy, in sun, rounded to the nearest thousandth: for reading only. */
  readonly pricePerEnergy: string;
  /** The arithmetic in one English sentence. */
  readonly explanation: string;
  readonly duration: Duration;
}

const SECONDS_PER_DAY = 86_400;

/**
 * What an order costs. The tier is the last one that begins at or below the order's size; the price
 * is rounded up to a whole sun, is never above that of a larger order and never below the least
 * price of an order.
 * @throws EnergyOutOfRange, UnknownDuration
 */
export function priceOrder(
  terms: PriceTerms,
  order: { readonly energy: bigint; readonly duration: string },
): Price {
  const { energy } = order;
  if (energy < terms['orders.minEnergy'] || energy > terms['orders.maxEnergy']) {
    throw new EnergyOutOfRange(energy, terms['orders.minEnergy'], terms['orders.maxEnergy']);
  }
  const durations = terms['orders.durations'];
  const duration = durations.find(({ code }) => code === order.duration);
  const row = terms['pricing.book'].find((one) => one.duration === order.duration);
  if (!duration || !row) {
    throw new UnknownDuration(
      order.duration,
      durations.map(({ code }) => code),
    );
  }

  const days = row.per === 'DAY' ? BigInt(duration.seconds / SECONDS_PER_DAY) : 1n;
  const cost = (size: bigint, tier: PriceTier): bigint =>
    divideUp(size * tier.milliSunPerEnergy * days, MILLI);

  const own = present(
    row.tiers.findLast(({ fromEnergy }) => fromEnergy <= energy),
    'a tier for every size',
  );
  const listed = cost(energy, own);
  let best = { size: energy, tier: own, sun: listed };
  for (const tier of row.tiers) {
    if (tier.fromEnergy <= energy) continue;
    const sun = cost(tier.fromEnergy, tier);
    if (sun < best.sun) best = { size: tier.fromEnergy, tier, sun };
  }
  const least = terms['pricing.minimumSun'];
  const priceSun = best.sun < least ? least : best.sun;

  const rounded = (energy * own.milliSunPerEnergy * days) % MILLI !== 0n;
  const sentence = [
    `${group(energy)} Energy for ${duration.label} at ${rate(own)} sun per Energy${row.per === 'DAY' ? ' and day' : ''} = ${group(listed)} sun`,
    rounded ? ', rounded up to a whole sun' : '',
    best.sun < listed
      ? `; ${group(best.size)} Energy at ${rate(best.tier)} sun cost only ${group(best.sun)} sun, and no order costs more than a larger one`
      : '',
    best.sun < least ? `; no order costs less than ${group(least)} sun` : '',
    `: ${formatAmount(priceSun)} TRX.`,
  ];
  return {
    priceSun,
    pricePerEnergy: perEnergy(priceSun, energy),
    explanation: sentence.join(''),
    duration,
  };
}

function rate(tier: PriceTier): string {
  return decimal(tier.milliSunPerEnergy);
}

function perEnergy(sun: bigint, energy: bigint): string {
  return decimal((sun * MILLI * 2n + energy) / (energy * 2n));
}

function decimal(milli: bigint): string {
  const fraction = (milli % MILLI).toString().padStart(3, '0').replace(/0+$/, '');
  return `${group(milli / MILLI, '')}${fraction && `.${fraction}`}`;
}

function group(value: bigint, separator = ','): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, separator);
}
