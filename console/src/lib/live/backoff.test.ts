import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('waits longer each time, up to 15 s', () => {
  expect([0, 1, 2, 3, 9, 500].map((attempt) => backoff(attempt, 1))).toEqual([
    500, 1000, 2000, 4000, 15_000, 15_000,
  ]);
});

test('spreads many consoles over the upper half', () => {
  expect(backoff(2, 0)).toBe(1000);
  expect(backoff(2, 0.5)).toBe(1500);
});
