import { randomBytes, randomInt } from 'node:crypto';

/** Where chance comes in; a simulation hands in a seeded one. */
export interface Random {
  /** For a secret more than 16: fewer come from a store that is held in memory. */
  bytes(count: number): Buffer;
  /** A whole number from 0 to limit − 1. */
  below(limit: number): number;
}

/** Asking the system costs as much for a thousand bytes as for a few. */
const STORE_BYTES = 4_096;
/** What is longer is no id but a secret, which is never held in store. */
const LONGEST_FROM_STORE = 16;

let store = Buffer.alloc(0);

function fromStore(count: number): Buffer {
  if (store.length < count) store = randomBytes(STORE_BYTES);
  const bytes = Buffer.from(store.subarray(0, count));
  store = store.subarray(count);
  return bytes;
}

export const systemRandom: Random = {
  bytes: (count) => (count > LONGEST_FROM_STORE ? randomBytes(count) : fromStore(count)),
  below: (limit) => randomInt(limit),
};
