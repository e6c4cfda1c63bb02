import { parseArgs } from 'node:util';
import { startThrowawayPostgres } from '../database/embedded-postgres.ts';
import { migrate } from '../database/migrate.ts';
import { referenceData } from '../reference-data.ts';
import { playHistory, type Played } from './play-history.ts';
import { shrink } from './shrink.ts';
import { Theatre } from './theatre.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string' },
    log: { type: 'boolean', default: false },
    twice: { type: 'boolean', default: false },
    'keep-going': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});

/** Plays histories with consecutive seeds; ends with 1 at the first that breaks something. */
async function simulate(url: string): Promise<number> {
  const theatre = await Theatre.open(url);
  const first = Number(values.seed);
  const count = Number(values.seeds);
  const began = performance.now();
  let bad = 0;
  let played = 0;
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const history = await playHistory(theatre, { seed });
      played += 1;
      if (values.log) console.log(history.log.join('\n'));
      if (values.twice) {
        const again = await playHistory(theatre, { seed });
        const differs = firstDifference(history, again);
        if (differs !== undefined) {
          console.log(`seed ${seed} does not repeat, from step ${differs} on`);
          console.log(`  ${history.log[differs] ?? ''}\n  ${again.log[differs] ?? ''}`);
          bad += 1;
        }
      }
      if (history.breaks.length === 0) continue;
      bad += 1;
      console.log(`seed ${seed} (${history.actions} actions) breaks:`);
      for (const sentence of history.breaks) console.log(`  ${sentence}`);
      if (values['keep-going']) continue;
      if (!values['no-shrink']) console.log(await shrink(theatre, history));
      break;
    }
  } finally {
    await theatre.close();
  }
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `${played} histories in ${seconds.toFixed(1)} s, ${(played / seconds).toFixed(1)} per second; ${bad} bad`,
  );
  return bad === 0 ? 0 : 1;
}

function firstDifference(one: Played, other: Played): number | undefined {
  const length = Math.max(one.log.length, other.log.length);
  for (let step = 0; step < length; step += 1) {
    if (one.log[step] !== other.log[step]) return step;
  }
  return undefined;
}

if (values.database !== undefined) {
  process.exitCode = await simulate(values.database);
} else {
  const postgres = await startThrowawayPostgres();
  try {
    await migrate(postgres.url, referenceData);
    process.exitCode = await simulate(postgres.url);
  } finally {
    await postgres.stop();
  }
}
