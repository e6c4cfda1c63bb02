import { type Case, RECOVERIES } from './cases.ts';
import type { Ended } from './run-matrix.ts';

/** The last lines of each process that a bad case prints; all of them are in its evidence. */
const LAST_LINES = 12;
const LINE = 400;

/** One line for a case; for a bad one also its sentences in full and what the processes said. */
export function describeOutcome(ended: Ended, width: number): string {
  const { name, said, broken, seconds, evidence, lastWords = new Map<string, string>() } = ended;
  const took = `${seconds.toFixed(1).padStart(5)} s`;
  if (!broken) return `${name.padEnd(width)}  ${took}  ok      ${said}`;
  const words = [...lastWords].flatMap(([process, text]) => {
    if (text === '') return [];
    const last = text.split('\n').slice(-LAST_LINES);
    return [`    ${process}:`, ...last.map((line) => `      ${line.slice(0, LINE)}`)];
  });
  return [
    `${name.padEnd(width)}  ${took}  BROKEN`,
    ...said.split('; ').map((sentence) => `    ${sentence}`),
    ...(evidence === undefined ? [] : [`    logs, rows and the chain's record: ${evidence}`]),
    ...words,
  ].join('\n');
}

/** What a case stands under in the table: the process that falls and the work that it does. */
function groupOf(one: Case): string {
  if ('deposit' in one) return `watcher, ${one.deposit.name.split(':')[0] ?? ''}`;
  if (!('point' in one)) return 'faults of a node';
  const { role, name } = one.point;
  return `${role}, ${name.split(':')[0] ?? name}`;
}

/** A table of how many cases were as allowed, of how many, by work and by recovery. */
export function tabulate(cases: readonly Case[], outcomes: readonly Ended[]): string {
  const ended = new Map(outcomes.map((outcome) => [outcome.name, outcome]));
  const cell = (members: readonly Case[]): string => {
    if (members.length === 0) return '';
    const good = members.filter(({ name }) => ended.get(name)?.broken === false).length;
    return `${good}/${members.length}`;
  };
  const columns = [...RECOVERIES, 'all', 'longest'];
  const rows = [...Map.groupBy(cases, groupOf)].map(([group, members]) => [
    group,
    ...RECOVERIES.map((recovery) =>
      cell(members.filter((one) => 'recovery' in one && one.recovery === recovery)),
    ),
    cell(members),
    `${Math.max(0, ...members.map(({ name }) => ended.get(name)?.seconds ?? 0)).toFixed(1)} s`,
  ]);
  const width = Math.max(...rows.map(([group = '']) => group.length));
  return [['', ...columns], ...rows]
    .map(([group = '', ...cells]) =>
      [group.padEnd(width), ...cells.map((text) => text.padStart(9))].join(''),
    )
    .join('\n');
}
