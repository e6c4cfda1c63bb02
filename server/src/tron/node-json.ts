import { z } from 'zod';
import { addressFromHex } from '../chain/address.ts';

/** A number outside strings so long that a double may not hold it. */
const LONG_NUMBER = /[[:,]\s*-?\d{16}/;

/**
 * JSON whose whole numbers beyond ±2⁵³ become bigints from their very digits, where JSON.parse alone
 * would round them. Most replies have none, and take the fast way. Exponents and fractions stay
 * doubles; no field that counts is written so, and the schemas refuse them there.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value,
  );
}

const LIMIT = 2n ** 63n;

/** An int64 of proto3's JSON: absent means 0. */
export const int64 = z
  .union([z.int(), z.bigint().gte(-LIMIT).lt(LIMIT)])
  .default(0)
  .transform(BigInt);

/** An int64 that counts something small or is a time: a safe JS number, absent means 0. */
export const count = z.int().gte(0).default(0);

export const flag = z.boolean().default(false);

/** Hexadecimal bytes, absent means none. */
export const hexBytes = z
  .string()
  .regex(/^([0-9a-fA-F]{2})*$/)
  .default('')
  .transform((hex) => hex.toLowerCase());

/** A SHA-256 in hexadecimal. */
export const hash64 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/)
  .transform((hex) => hex.toLowerCase());

/** An address as nodes write it with visible = false. */
export const hexAddress = z
  .string()
  .regex(/^41[0-9a-fA-F]{40}$/)
  .transform((hex) => addressFromHex(hex));
