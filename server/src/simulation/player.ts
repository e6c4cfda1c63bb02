import { assert, present } from '../kernel/assert.ts';
import { type Played, playHistory } from './play-history.ts';
import { shrink } from './shrink.ts';
import { Theatre } from './theatre.ts';

/** What a player is asked for. */
export interface Wanted {
  readonly seed: number;
  /** Play it a second time and compare the logs. */
  readonly twice: boolean;
  /** Make a bad one smaller, and tell what is left. */
  readonly shrink: boolean;
}

export interface Answer extends Omit<Played, 'tally'> {
  readonly tally: readonly (readonly [string, number])[];
  /** In words, of a bad one that was to be shrunk. */
  readonly shrunk?: string;
}

/** One process that plays the histories it is sent, on a database of its own. */
async function play(theatre: Theatre, wanted: Wanted): Promise<Answer> {
  const { seed } = wanted;
  const played = await playHistory(theatre, { seed });
  const breaks = [...played.breaks];
  if (wanted.twice) {
    const again = await playHistory(theatre, { seed });
    const step = firstDifference(played, again);
    if (step !== undefined) {
      const [one, other] = [played, again].map(({ log }) => log[step] ?? 'its end');
      breaks.push(`does not repeat, from step ${step} on: ${one}, and then ${other}`);
    }
  }
  const bad = played.breaks.length > 0;
  return {
    ...played,
    breaks,
    tally: [...played.tally],
    ...(bad && wanted.shrink && { shrunk: await shrink(theatre, played) }),
  };
}

function firstDifference(one: Played, other: Played): number | undefined {
  const length = Math.max(one.log.length, other.log.length);
  for (let step = 0; step < length; step += 1) {
    if (one.log[step] !== other.log[step]) return step;
  }
  return undefined;
}

const send = present(process.send?.bind(process), 'a parent that asks');
const theatre = await Theatre.open(present(process.argv[2], 'the address of a database'));
let last = Promise.resolve();
process.on('message', (wanted: Wanted) => {
  last = last.then(async () => {
    const answer = await play(theatre, wanted);
    assert(send(answer), 'the parent listens');
  });
});
process.on('disconnect', () => {
  process.exit(0);
});
