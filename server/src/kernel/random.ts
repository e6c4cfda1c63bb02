import { randomBytes, randomInt } from 'node:crypto';

/** Where chance comes in; a simulation hands in a seeded one. */
export interface Random {
  bytes(count: number): Buffer;
  /** A whole number from 0 to limit − 1. */
  below(limit: number): number;
}

export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  below: (limit) => randomInt(limit),
};
