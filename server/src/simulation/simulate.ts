import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Player, Stages } from './crew.ts';
import type { Answer } from './player.ts';
import { seedOfToday } from './seed-of-today.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    log: { type: 'boolean', default: false },
    twice: { type: 'boolean', default: false },
    'keep-going': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});

const first = values.seed === 'today' ? seedOfToday() : Number(values.seed);
const end = first + Number(values.seeds);

/** Plays histories with consecutive seeds, shared out among processes. @returns all that were played */
async function simulate(stages: Stages): Promise<Answer[]> {
  const played: Answer[] = [];
  let next = first;
  let stopped = false;
  const work = async (): Promise<void> => {
    const player = new Player(await stages.make());
    try {
      while (next < end && !stopped) {
        const seed = next;
        next += 1;
        const shrink = !values['keep-going'] && !values['no-shrink'];
        const answer = await player.play({ seed, twice: values.twice, shrink });
        played.push(answer);
        tell(answer);
        if (answer.breaks.length > 0 && !values['keep-going']) stopped = true;
      }
    } finally {
      stopped ||= next < end;
      await player.stop();
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
  return played;
}

function tell({ seed, actions, log, breaks, shrunk }: Answer): void {
  if (values.log) console.log(log.join('\n'));
  if (breaks.length === 0) return;
  console.log(`seed ${seed} (${actions} actions) breaks:`);
  for (const sentence of breaks) console.log(`  ${sentence}`);
  if (shrunk !== undefined) console.log(shrunk);
}

/** What an average history held: so that many are not many empty ones. */
function means(played: readonly Answer[]): string {
  const sums = new Map<string, number>();
  for (const { tally } of played) {
    for (const [what, times] of tally) sums.set(what, (sums.get(what) ?? 0) + times);
  }
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([what, sum]) => `${(sum / played.length).toFixed(2)} ${what}`)
    .join(', ');
}

const stages = await Stages.open();
try {
  const began = performance.now();
  const played = await simulate(stages);
  const seconds = (performance.now() - began) / 1_000;
  const bad = played.filter(({ breaks }) => breaks.length > 0).map(({ seed }) => seed);
  console.log(
    `${played.length} histories from seed ${first} on in ${seconds.toFixed(1)} s on ${values.workers} processes, ` +
      `${(played.length / seconds).toFixed(1)} per second; ` +
      (bad.length === 0 ? 'none bad' : `bad: ${bad.join(', ')}`),
  );
  console.log(`each has on average ${means(played)}`);
  if (bad.length > 0 || played.length === 0) process.exitCode = 1;
} finally {
  await stages.close();
}
