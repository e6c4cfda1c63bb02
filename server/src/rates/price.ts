import { UNIT } from '../kernel/money.ts';

/** Prices are what one TRX costs, in 10⁻¹² USDT: exact for every decimal that exchanges write. */
export const PICO = 10n ** 12n;

const PRICE = /^(\d{1,6})(?:\.(\d{1,18}))?$/;

/**
 * Reads the decimal number that an exchange wrote, exactly; places beyond the twelfth are cut off.
 * @returns undefined for anything else: a sign, an exponent, NaN, too many digits; and for 0
 */
export function readPrice(text: string): bigint | undefined {
  const match = PRICE.exec(text);
  if (!match) return undefined;
  const [, whole = '0', fraction = ''] = match;
  const price = BigInt(whole) * PICO + BigInt(fraction.slice(0, 12).padEnd(12, '0'));
  return price > 0n ? price : undefined;
}

/** A price as a decimal string without trailing zeros. */
export function formatPrice(pico: bigint): string {
  const fraction = (pico % PICO).toString().padStart(12, '0').replace(/0+$/, '');
  return `${(pico / PICO).toString()}${fraction && `.${fraction}`}`;
}

/** How many sun one USDT buys at this price, rounded down; for people. */
export function sunPerUsdt(pricePico: bigint): bigint {
  return (UNIT * PICO) / pricePico;
}

/** Which way a conversion goes. */
export interface Way {
  readonly from: 'TRX' | 'USDT';
  readonly to: 'TRX' | 'USDT';
}

/**
 * What a user gets for an amount, in micro-units: the rate's worth less the spread, rounded down, so
 * that no conversion there and back makes anything.
 */
export function converted(
  amount: bigint,
  { from }: Way,
  pricePico: bigint,
  spreadPerMille: number,
): bigint {
  const kept = BigInt(1_000 - spreadPerMille);
  return from === 'USDT'
    ? (amount * PICO * kept) / (pricePico * 1_000n)
    : (amount * pricePico * kept) / (PICO * 1_000n);
}
