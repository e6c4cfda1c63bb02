import { z } from 'zod';
import type { Address } from '../chain/address.ts';
import { parseAddress } from '../chain/address.ts';
import type { RefusalCode } from './refusal.ts';

/**
 * What worker and signer tell each other, a line of JSON each, over the pair of unix sockets that are
 * the signer's standard input and output. The first line of the worker is a {@link HandOver}, the
 * first of the signer a {@link Greeting}.
 */

/** No request is longer: the largest are a sealed key (1 kB) and a permission update (8 kB). */
export const LONGEST_LINE = 64_000;

const handOver = z.strictObject({ identityFile: z.string().min(1), folder: z.string().min(1) });
export type HandOver = z.output<typeof handOver>;

const greeting = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ ready: z.literal(false), why: z.string() }),
]);
export type Greeting = z.output<typeof greeting>;

const address = z.string().transform((text): Address => parseAddress(text));
const id = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const tail = z.strictObject({ journal: hash, seq: z.int(), hash });
const request = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('sign'),
    id,
    owner: address,
    permissionId: z.int().min(0),
    rawDataHex: z.string().regex(/^([0-9a-f]{2})+$/),
    sealedKey: z.string().min(1).max(8_000),
    child: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional(),
  }),
  z.strictObject({ ask: z.literal('status'), id }),
  z.strictObject({ ask: z.literal('halt'), id, reason: z.string().min(1).max(500) }),
  z.strictObject({ ask: z.literal('resume'), id }),
  /** Whether the folder's journals have this line. */
  z.strictObject({ ask: z.literal('vouch'), id, journal: hash, seq: z.int().min(1) }),
]);
export type SignerRequest = z.output<typeof request>;

/** `id` is that of the request; −1 when it had none that could be read. */
const answer = z.union([
  z.strictObject({
    id: z.int(),
    signed: z.strictObject({ txid: z.string(), signedHex: z.string() }),
  }),
  z.strictObject({ id: z.int(), haltedBecause: z.string().nullable(), tail }),
  z.strictObject({
    id: z.int(),
    voucher: z.strictObject({ known: z.boolean(), hash: hash.nullable() }),
  }),
  z.strictObject({
    id: z.int(),
    refused: z.strictObject({
      code: z.string().transform((code) => code as RefusalCode),
      message: z.string(),
    }),
  }),
]);
export type SignerAnswer = z.output<typeof answer>;

/** @throws when the line is nothing of the kind */
export const readHandOver = (line: string): HandOver => handOver.parse(JSON.parse(line));
/** @throws when the line is nothing of the kind */
export const readGreeting = (line: string): Greeting => greeting.parse(JSON.parse(line));
/** @throws when the line is nothing of the kind */
export const readRequest = (line: string): SignerRequest => request.parse(JSON.parse(line));
/** @throws when the line is nothing of the kind */
export const readAnswer = (line: string): SignerAnswer => answer.parse(JSON.parse(line));

export const writeLine = (message: HandOver | Greeting | SignerRequest | SignerAnswer): string =>
  `${JSON.stringify(message)}\n`;
