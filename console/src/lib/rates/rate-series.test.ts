import { expect, test } from 'vitest';
import { rateSeries, shortRate } from './rate-series.ts';

test('rates are cut, never rounded up', () => {
  expect(shortRate('0.299999999999')).toBe('0.299999');
  expect(shortRate('0.301')).toBe('0.301');
  expect(shortRate('3.000000000001')).toBe('3');
  expect(shortRate('1')).toBe('1');
});

test('a quarter without a rate is a gap', () => {
  const words = { last: 'l', low: 'a', high: 'z', refusedRounds: 'r' };
  const at = '2026-11-22T12:00:00Z';
  const [line, ...table] = rateSeries(
    [
      { at, last: '0.3', low: '0.29', high: '0.31', refused: 0 },
      { at, last: null, low: null, high: null, refused: 2 },
    ],
    words,
  );
  expect(line).toMatchObject({ heights: [0.3, null], words: ['0.3', null] });
  expect(table.map(({ as, words: cells }) => [as, cells])).toEqual([
    ['table', ['0.29', null]],
    ['table', ['0.31', null]],
    ['table', ['0', '2']],
  ]);
});
