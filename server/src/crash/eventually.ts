import { setTimeout as pause } from 'node:timers/promises';

/** Several houses share the cores: what takes a second alone may take a minute. */
const PATIENCE_MS = 150_000;
/** Most questions go to the same PostgreSQL that the desk works on. */
const LOOK_MS = 60;

/** Asks again and again until there is an answer. @throws with what was asked for, after 150 s */
export async function eventually<T>(
  what: string | (() => string),
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const giveUp = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUp) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await pause(LOOK_MS);
  }
  throw new Error(`waited in vain until ${typeof what === 'string' ? what : what()}`);
}
