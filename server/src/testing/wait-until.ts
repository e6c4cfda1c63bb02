import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 45_000;
const LOOK_MS = 20;

/** Asks again and again until there is an answer; fails, with what was asked for, after 45 s. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const giveUp = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUp) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await pause(LOOK_MS);
  }
  throw new Error(`waited in vain until ${what}`);
}
