import { hash } from 'node:crypto';
import { z } from 'zod';
import { parseAddress } from '../chain/address.ts';

const address = z.string().transform((text) => parseAddress(text));
const txid = z.string().regex(/^[0-9a-f]{64}$/);
const at = z.int().min(0);

const signed = z.strictObject({
  kind: z.literal('signed'),
  /** Milliseconds by the signer's clock; never less than in the entry before. */
  at,
  owner: address,
  permissionId: z.int(),
  effect: z.string(),
  /** The other account, where the effect has one. */
  receiver: address.nullable(),
  /** Sun, of a call what it may burn; "0" where the effect has no amount. */
  amountSun: z.string().regex(/^\d+$/),
  /** Smallest units of a token; only where tokens are sent. */
  tokens: z.string().regex(/^\d+$/).optional(),
  timestampMs: z.int(),
  expirationMs: z.int(),
  txid,
});
const halted = z.strictObject({ kind: z.literal('halted'), at, reason: z.string() });
const resumed = z.strictObject({ kind: z.literal('resumed'), at });
/** The first line of a journal: the nonce makes its hash, which names the journal, its own. */
const began = z.strictObject({
  kind: z.literal('began'),
  at,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
});
/** The first line of each further file; its `prev` is the hash of the last line of the file before. */
const continued = z.strictObject({ kind: z.literal('continued'), at, journal: txid });
const entry = z.discriminatedUnion('kind', [signed, halted, resumed, began, continued]);

const line = z.strictObject({
  /** 1, 2, 3 … without a gap. */
  seq: z.int().min(1),
  /** The hash of the line before, {@link GENESIS} in the first. */
  prev: txid,
  entry,
  /** Of the three above, as JSON. */
  hash: txid,
});

export type SignedEntry = z.output<typeof signed>;
export type JournalEntry = z.output<typeof entry>;
export type JournalLine = z.output<typeof line>;

export const GENESIS = '0'.repeat(64);

/** A line that follows another one. */
export function chainedLine(seq: number, prev: string, what: JournalEntry): JournalLine {
  return {
    seq,
    prev,
    entry: what,
    hash: hash('sha256', JSON.stringify({ seq, prev, entry: what })),
  };
}

/** Reads a line back. @returns null when it is not what {@link chainedLine} made after `prev` */
export function readLine(text: string, seq: number, prev: string): JournalLine | null {
  const link = readLink(text);
  return link?.seq === seq && link.prev === prev ? link : null;
}

/** Reads a line whose place is not known. @returns null when {@link chainedLine} did not make it */
export function readLink(text: string): JournalLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) return null;
  const again = chainedLine(parsed.data.seq, parsed.data.prev, parsed.data.entry);
  return JSON.stringify(again) === text ? again : null;
}
