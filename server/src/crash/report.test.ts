import { expect, it } from 'vitest';
import { CASES, RECOVERIES } from './cases.ts';
import { describeOutcome, tabulate } from './report.ts';

const good = { name: 'a', said: '3 delivered once', broken: false, seconds: 1.25 };

it('says every sentence of a bad case, where its evidence is and what the processes wrote', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const told = describeOutcome(
    {
      ...good,
      said: 'first break; second break; third break',
      broken: true,
      evidence: '/logs/a',
      lastWords: new Map([
        ['worker-1', lines.join('\n')],
        ['api-1', ''],
      ]),
    },
    4,
  ).split('\n');
  expect(told[0]).toBe('a       1.3 s  BROKEN');
  expect(told.slice(1, 4)).toEqual(['    first break', '    second break', '    third break']);
  expect(told[4]).toContain('/logs/a');
  expect(told[5]).toBe('    worker-1:');
  expect(told.at(-1)?.trim()).toBe('line 29');
  expect(told.join('\n')).not.toContain('api-1');
});

it('counts what was not played as not allowed', () => {
  const [first, second] = CASES;
  const table = tabulate(
    [first, second].filter((one) => one !== undefined),
    [{ ...good, name: first?.name ?? '' }],
  );
  expect(table).toContain('1/2');
  expect(table).toContain('0/1');
});

it('has a column for each recovery and each case in one row', () => {
  const table = tabulate(
    CASES,
    CASES.map(({ name }) => ({ ...good, name })),
  );
  const [head = '', ...rows] = table.split('\n');
  expect(head.trim().split(/\s+/)).toEqual([...RECOVERIES, 'all', 'longest']);
  const counted = rows.map((row) => Number(/(\d+)\/\1\s+1\.3 s$/.exec(row)?.[1]));
  expect(counted.reduce((all, one) => all + one, 0)).toBe(CASES.length);
});
