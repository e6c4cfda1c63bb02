import { waitUntil } from '../testing/wait-until.ts';

/** Several houses share the cores: what takes a second alone may take a minute. */
const PATIENCE_MS = 150_000;

/** Asks again and again until there is an answer. @throws with what was asked for, after 150 s */
export function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  return waitUntil(what, ask, PATIENCE_MS);
}
