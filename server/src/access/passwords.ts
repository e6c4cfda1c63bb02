import { hash, verify } from '@node-rs/argon2';
import type { Random } from '../kernel/random.ts';
import { PasswordTooWeak } from './access.errors.ts';

const LEAST_LENGTH = 12;
const MOST_LENGTH = 200;
const LEAST_DISTINCT = 6;

/** OWASP's parameters for argon2id: 19 MiB, two passes. The library's default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id of the password, in its PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  // Beyond that nothing was ever accepted, and hashing megabytes is somebody's attack.
  if (password.length > MOST_LENGTH) return false;
  return verify(passwordHash, password.normalize('NFKC'));
}

/** Four groups of five letters that are hard to mistake for each other: 98 bits. */
export function randomPassword(random: Random): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string =>
    Array.from({ length: 5 }, () => letters[random.below(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** What everybody tries first. */
const COMMON = [
  'password',
  'passw0rd',
  'qwerty',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  '123456',
  '111111',
  '000000',
  'abc123',
  'energydesk',
];

/**
 * Refuses passwords that are easy to guess.
 * @param about words that the password may not contain: the operator's name and address
 * @throws PasswordTooWeak that says why
 */
export function checkPassword(password: string, about: readonly string[], field: string): void {
  const weak = (why: string): PasswordTooWeak => new PasswordTooWeak(why, { field });
  if (password.length < LEAST_LENGTH) {
    throw weak(`Use at least ${LEAST_LENGTH} characters; a few words together are good.`);
  }
  if (password.length > MOST_LENGTH) {
    throw weak(`Use at most ${MOST_LENGTH} characters.`);
  }
  const plain = password.toLowerCase();
  if (new Set(plain).size < LEAST_DISTINCT) {
    throw weak(`Use at least ${LEAST_DISTINCT} different characters.`);
  }
  const words = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const own = words.find((word) => word.length >= 4 && plain.includes(word));
  if (own !== undefined) throw weak('Leave your name and your e-mail address out of it.');
  // A common word is a bad password with a few digits after it, not inside a long sentence.
  const common = COMMON.find((word) => plain.includes(word) && plain.length < word.length + 8);
  if (common !== undefined) throw weak(`It is little more than "${common}", which is tried first.`);
}
