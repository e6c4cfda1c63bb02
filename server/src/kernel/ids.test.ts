import { expect, test } from 'vitest';
import { systemRandom } from './random.ts';
import { IdMaker, isUuid } from './ids.ts';
import type { Clock } from './clock.ts';

function makerAt(moments: number[]): IdMaker {
  let last = 0;
  const now = (): Date => new Date((last = moments.shift() ?? last));
  return new IdMaker({ now } as Clock, systemRandom);
}

test('ids sort in the order of their making, within a millisecond and when the clock goes back', () => {
  const start = Date.parse('2026-11-23T12:00:00Z');
  const maker = makerAt([start, start, start + 5, start - 60_000, start + 6]);
  const ids = Array.from({ length: 10_000 }, () => maker.next());
  expect(ids.every(isUuid)).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]?.slice(14, 15)).toBe('7');
});
