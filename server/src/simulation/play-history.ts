import { ALL_CHAOS, type ChaosName } from './chaos.ts';
import { Director } from './director.ts';
import { judge } from './judge.ts';
import { prepareDesk } from './prepare-desk.ts';
import type { Theatre } from './theatre.ts';
import { settle } from './settle.ts';
import { type Tally, World } from './world.ts';

/** A history by its seed, whole or shrunk. */
export interface Script {
  readonly seed: number;
  /** How many things begin before everything may settle; by the seed when left out. */
  readonly actions?: number;
  readonly chaos?: ReadonlySet<ChaosName>;
}

export interface Played {
  readonly seed: number;
  readonly actions: number;
  readonly log: readonly string[];
  /** What should hold and does not; empty for a good history. */
  readonly breaks: readonly string[];
  /** How much of what happened in it. */
  readonly tally: Tally;
}

/** How many things begin, and how many histories of a hundred are so long. */
const LENGTHS: readonly (readonly [readonly [number, number], number])[] = [
  [[10, 25], 55],
  [[25, 50], 35],
  [[50, 120], 10],
];

/** Plays a history to its end, lets it settle, and judges it. */
export async function playHistory(theatre: Theatre, script: Script): Promise<Played> {
  await prepareDesk(theatre);
  const world = new World(theatre, script.seed);
  const [least, most] = world.random.weighted(LENGTHS);
  const drawn = least + world.random.below(most - least);
  const actions = script.actions ?? drawn;
  const director = new Director(world, script.chaos ?? ALL_CHAOS);
  try {
    await director.play(actions);
    world.note('everything settles');
    await settle(director);
    const breaks = [...world.breaks, ...(await judge(world, director.customers))];
    return { seed: script.seed, actions, log: world.log, breaks, tally: world.tally };
  } finally {
    // Only then is nobody in the way of another's end.
    for (const desk of director.processes) await theatre.gate.kill(desk);
    for (const desk of director.processes) await theatre.pool.bury(desk);
    world.local.close();
  }
}
