import { present } from '../kernel/assert.ts';
import type { StepName } from './desk-process.ts';
import type { Director } from './director.ts';
import { openWork, type OpenWork } from './open-work.ts';
import { SOLID_LAG } from './world.ts';

/**
 * Chain time within which everything must be decided once the faults end: the deadline of 120 s, the
 * expiration of the last attempt, solidity, and what processes need to hear of it.
 */
const BOUND_MS = 450_000;
const RENTAL_MS = 3_600_000;
/** The next pause when a round has brought nothing: somebody waits for time to pass. */
const PAUSES_MS = [0, 0, 15_000, 50_000, 100_000];

/** Faults off: within its bound everything is delivered or refunded, and then taken back (I15). */
export async function settle(director: Director): Promise<void> {
  const { world } = director;
  director.endFaults();
  await director.drain();
  await director.manager.byHand(false);
  for (const wish of director.customers.wishes.filter(({ unknown }) => unknown)) {
    const desk = director.random.pick(director.processes);
    director.begin(desk, `at last ${wish.key}`, () => director.customers.place(desk, wish));
    await director.drain();
  }
  if (await rounds(director, ({ orders }) => orders === 0)) {
    await lookEarly(director);
    world.advance(RENTAL_MS);
    world.block();
    await rounds(
      director,
      ({ operations, rentals, returning, promised }) =>
        operations + rentals + returning + promised === 0,
    );
  }
}

/** Some look while the rentals still run: nothing may be taken back yet. */
async function lookEarly(director: Director): Promise<void> {
  const { world, random } = director;
  if (!random.chance(0.3)) return;
  world.advance(RENTAL_MS - 400_000);
  for (let made = 0; made <= SOLID_LAG; made += 1) world.block();
  const desk = random.pick(director.processes);
  for (const name of ['check', 'read', 'engine'] as const) {
    director.begin(desk, name, desk.steps[name]);
    await director.drain();
  }
}

/** Only what has work, and time that passes only where it is waited for: most of a history is here. */
async function rounds(director: Director, done: (open: OpenWork) => boolean): Promise<boolean> {
  const { world } = director;
  const until = world.local.chain.head.timestamp + BOUND_MS;
  let idle = 0;
  let before = '';
  for (let round = 0; ; round += 1) {
    await director.manager.refundAllFailed();
    const open = await openWork(world.database.read());
    if (done(open)) return true;
    if (world.local.chain.head.timestamp > until) {
      world.breaks.push(`not everything settled: ${JSON.stringify(open)}`);
      return false;
    }
    const now = JSON.stringify(open);
    idle = now === before ? Math.min(idle + 1, PAUSES_MS.length - 1) : 0;
    before = now;
    world.advance(present(PAUSES_MS[idle], 'pause'));
    // One more than solidity takes: what was sent in the last round is final after this one.
    for (let made = 0; made <= SOLID_LAG; made += 1) world.block();
    // In turns: what one has left undone the other must be able to finish.
    const desk = present(director.processes[round % director.processes.length], 'process');
    for (const name of stepsFor(director, open)) {
      director.begin(desk, name, desk.steps[name]);
      await director.drain();
    }
  }
}

function stepsFor({ random }: Director, open: OpenWork): StepName[] {
  const steps: StepName[] = ['check'];
  if (random.chance(0.2)) steps.push('follow');
  // Twice: that the other process has read on is all that the first look finds.
  steps.push('read', 'read');
  if (open.returning > 0) steps.push('observe');
  steps.push('engine');
  return steps;
}
