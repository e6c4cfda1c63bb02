import { parseArgs } from 'node:util';
import { buildPrograms } from './build.ts';
import { CASES } from './cases.ts';
import { House } from './house.ts';
import { type Outcome, runCase } from './run-case.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [''] } },
});
const chosen = CASES.filter(({ name }) => values.only.some((text) => name.includes(text)));
const width = Math.max(0, ...chosen.map(({ name }) => name.length));

function row({ name, said, broken, seconds }: Outcome): string {
  const verdict = broken ? 'BROKEN' : 'ok    ';
  return `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(5)} s  ${verdict}  ${said}`;
}

await buildPrograms();
const outcomes: Outcome[] = [];
let house: House | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (house?.stop() ?? Promise.resolve()).then(() => process.exit(1)));
}
for (const one of chosen) {
  house ??= await House.start();
  const outcome = await runCase(house, one);
  outcomes.push(outcome);
  console.log(row(outcome));
  if (!outcome.broken) continue;
  console.error(house.lastWords());
  // What is broken here must not colour the next case.
  await house.stop();
  house = undefined;
}
await house?.stop();

const broken = outcomes.filter((outcome) => outcome.broken).length;
console.log(`\n${outcomes.length} cases, ${outcomes.length - broken} as allowed, ${broken} broken`);
if (broken > 0 || outcomes.length === 0) process.exitCode = 1;
