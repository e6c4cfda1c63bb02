import { ALL_CHAOS, type ChaosName } from './chaos.ts';
import { playHistory, type Played } from './play-history.ts';
import type { Theatre } from './theatre.ts';

/**
 * Makes a bad history smaller as long as it stays bad: fewer kinds of trouble, then fewer actions.
 * @returns what is left, in words
 */
export async function shrink(theatre: Theatre, bad: Played): Promise<string> {
  let best = bad;
  let chaos: ReadonlySet<ChaosName> = ALL_CHAOS;
  const { seed } = bad;
  for (const name of ALL_CHAOS) {
    const fewer = new Set([...chaos].filter((other) => other !== name));
    const played = await playHistory(theatre, { seed, actions: best.actions, chaos: fewer });
    if (played.breaks.length === 0) continue;
    best = played;
    chaos = fewer;
  }
  for (let step = Math.ceil(best.actions / 2); step >= 1; step = Math.floor(step / 2)) {
    while (best.actions > step) {
      const played = await playHistory(theatre, { seed, actions: best.actions - step, chaos });
      if (played.breaks.length === 0) break;
      best = played;
    }
  }
  return [
    `seed ${seed} shrinks to ${best.actions} actions with ${[...chaos].join(', ') || 'no trouble'}:`,
    ...best.breaks.map((sentence) => `  ${sentence}`),
    ...best.log.slice(-400).map((line) => `    ${line}`),
  ].join('\n');
}
