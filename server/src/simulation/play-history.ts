import { present } from '../kernel/assert.ts';
import { ALL_CHAOS, type ChaosName } from './chaos.ts';
import { Director } from './director.ts';
import type { StepName } from './desk-process.ts';
import { judge, openWork } from './judge.ts';
import { SOLID_LAG, type Theatre, World } from './world.ts';

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
}

const ROUND: readonly StepName[] = ['check', 'follow', 'read', 'read', 'observe', 'engine'];
/** Rounds of 15 s of chain time: the deadline of 120 s, the expiration, and two blocks' solidity. */
const ROUNDS = 30;
const RENTAL_MS = 3_600_000;

/** Plays a history to its end, lets it settle, and judges it. */
export async function playHistory(theatre: Theatre, script: Script): Promise<Played> {
  await theatre.clear();
  const world = new World(theatre, script.seed);
  await world.prepare();
  const drawn = 20 + world.random.below(100);
  const actions = script.actions ?? drawn;
  const director = new Director(world, script.chaos ?? ALL_CHAOS);
  try {
    await director.play(actions);
    world.note('everything settles');
    await settle(director);
    const breaks = [...world.breaks, ...(await judge(world, director.customers))];
    return { seed: script.seed, actions, log: world.log, breaks };
  } finally {
    for (const desk of director.processes) {
      theatre.gate.kill(desk);
      await theatre.pool.bury(desk);
    }
    world.local.close();
  }
}

/** Faults off: within its bound everything is delivered or refunded, and then taken back (I15). */
async function settle(director: Director): Promise<void> {
  const { world } = director;
  for (const { node } of world.nodes) node.faults.clear();
  for (const desk of director.processes) desk.frozen = false;
  await director.drain();
  for (const wish of director.customers.wishes.filter(({ unknown }) => unknown)) {
    const desk = director.random.pick(director.processes);
    director.begin(desk, `at last ${wish.key}`, () => director.customers.place(desk, wish));
    await director.drain();
  }
  const decided = await rounds(director, ({ orders }) => orders === 0);
  if (decided) {
    world.control('advance', { ms: RENTAL_MS });
    await rounds(
      director,
      ({ operations, rentals, returning }) => operations + rentals + returning === 0,
    );
  }
}

async function rounds(
  director: Director,
  done: (open: Awaited<ReturnType<typeof openWork>>) => boolean,
): Promise<boolean> {
  const { world } = director;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (done(await openWork(world.database.read()))) return true;
    world.control('advance', { ms: 3_000 });
    for (let made = 0; made < SOLID_LAG; made += 1) world.block();
    // In turns: what one has left undone the other must be able to finish.
    const desk = present(director.processes[round % director.processes.length], 'process');
    for (const name of ROUND) {
      director.begin(desk, name, desk.steps[name]);
      await director.drain();
    }
  }
  const open = await openWork(world.database.read());
  if (done(open)) return true;
  world.breaks.push(`not everything settled: ${JSON.stringify(open)}`);
  return false;
}
