import { hash, timingSafeEqual } from 'node:crypto';
import type { Random } from '../kernel/random.ts';

/** A new secret of 32 random bytes, as text for a cookie, a header or a key. */
export function newSecret(random: Random): string {
  return random.bytes(32).toString('base64url');
}

/** What is stored of a secret. It has 256 random bits, so a fast hash is enough. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Whether the secret is the one whose digest was stored, in a time that tells nothing. */
export function matchesDigest(secret: string, digest: Buffer): boolean {
  return timingSafeEqual(digestOf(secret), digest);
}

export interface NewApiKey {
  /** `edk_<prefix>_<secret>`, shown once. */
  readonly key: string;
  /** What people recognise the key by. */
  readonly prefix: string;
}

export function newApiKey(random: Random): NewApiKey {
  const prefix = random.bytes(4).toString('hex');
  return { prefix: `edk_${prefix}`, key: `edk_${prefix}_${newSecret(random)}` };
}
