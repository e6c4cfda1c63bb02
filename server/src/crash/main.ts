import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPrograms } from './build.ts';
import { CASES } from './cases.ts';
import { describeOutcome, tabulate } from './report.ts';
import { type Ended, Matrix } from './run-matrix.ts';

/** A case waits about half of its time. */
const HOUSES_PER_CORE = 2;
/** When this many are bad, the rest would only say the same, slowly. */
const ENOUGH = 12;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    houses: { type: 'string', default: `${Math.min(8, availableParallelism() * HOUSES_PER_CORE)}` },
  },
});
const houses = Number(values.houses);
if (!Number.isInteger(houses) || houses < 1 || houses > 32) {
  console.error(`--houses is ${values.houses}: give the number of desks side by side, 1 to 32.`);
  process.exit(2);
}
const chosen = CASES.filter(({ name }) => values.only.some((text) => name.includes(text)));
if (chosen.length === 0) {
  console.error(`No case's name holds ${values.only.map((text) => `'${text}'`).join(' or ')}.`);
  process.exit(2);
}
const width = Math.max(...chosen.map(({ name }) => name.length));

// Of an earlier run; this run's evidence must be this run's.
const evidence = fileURLToPath(new URL('../../../.data/logs/crash', import.meta.url));
await rm(evidence, { recursive: true, force: true });
await buildPrograms();

const outcomes: Ended[] = [];
const matrix = new Matrix({
  cases: chosen,
  houses,
  evidence,
  enough: ENOUGH,
  onOutcome(ended) {
    outcomes.push(ended);
    console.log(describeOutcome(ended, width));
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void matrix.stop().finally(() => process.exit(130)));
}
const began = performance.now();
await matrix.run();

const minutes = ((performance.now() - began) / 60_000).toFixed(1);
const bad = outcomes.filter(({ broken }) => broken);
const unplayed = chosen.length - outcomes.length;
console.log(`\n${tabulate(chosen, outcomes)}`);
if (bad.length > 0) {
  console.log('\nNOT AS ALLOWED:');
  for (const ended of bad) console.log(describeOutcome({ ...ended, lastWords: new Map() }, width));
}
if (unplayed > 0) console.log(`\n${unplayed} cases were NOT PLAYED: enough were bad before.`);
console.log(
  `\nThe crash matrix took ${minutes} minutes in ${Math.min(houses, chosen.length)} houses: ` +
    `${outcomes.length - bad.length} passed, ${bad.length} failed`,
);
if (bad.length > 0 || unplayed > 0) process.exitCode = 1;
