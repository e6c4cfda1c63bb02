import { expect, test } from 'vitest';
import { stackEdges } from './stack.ts';

test('bands stand on each other, and a gap goes up', () => {
  expect(
    stackEdges([
      [1, 2, null],
      [10, 20, 30],
      [100, null, 300],
    ]),
  ).toEqual([
    [1, 2, null],
    [11, 22, null],
    [111, null, null],
  ]);
  expect(stackEdges([])).toEqual([]);
});
