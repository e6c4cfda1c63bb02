import { BadInput } from './domain-error.ts';

/** Amounts are whole micro-units: 1 TRX = 10⁶ sun, 1 USDT = 10⁶ micro-USDT. */
export const UNIT = 1_000_000n;
export const CURRENCIES = ['TRX', 'USDT'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** The largest amount a bigint column holds. */
export const MAX_MICROS = 2n ** 63n - 1n;

const DECIMAL = /^(-?)(\d{1,13})(?:\.(\d{1,6}))?$/;

/**
 * Reads a decimal string with at most six places into micro-units, exactly.
 * @throws BadInput when it is anything else
 */
export function parseAmount(text: string, field = 'amount'): bigint {
  const match = DECIMAL.exec(text.trim());
  if (!match) {
    throw new BadInput(
      'Write the amount as a decimal number with at most six places, like "12.5".',
      {
        field,
      },
    );
  }
  const [, sign, whole = '0', fraction = ''] = match;
  const micros = BigInt(whole) * UNIT + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -micros : micros;
}

/** Micro-units as a decimal string: no exponent, no trailing zeros, "-0" never. */
export function formatAmount(micros: bigint): string {
  const absolute = micros < 0n ? -micros : micros;
  const fraction = (absolute % UNIT).toString().padStart(6, '0').replace(/0+$/, '');
  const whole = (absolute / UNIT).toString();
  return `${micros < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** Division of non-negative integers rounded up. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

export function sum(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

export function smallest(first: bigint, ...rest: bigint[]): bigint {
  return rest.reduce((least, value) => (value < least ? value : least), first);
}

export function largest(first: bigint, ...rest: bigint[]): bigint {
  return rest.reduce((most, value) => (value > most ? value : most), first);
}
