import { describe, expect, it } from 'vitest';
import { Batcher } from './batch.ts';

/** Sizes of the batches that so many inputs at once become, while none of them ends. */
async function sizesOf(inputs: number): Promise<number[]> {
  const sizes: number[] = [];
  const batcher = new Batcher<number, number>(
    (batch) => {
      sizes.push(batch.length);
      return new Promise(() => undefined);
    },
    {
      ...{ maxSize: 64, worthALane: 32, lanes: 3, maxWaiting: 1_000 },
      overloaded: () => new Error('overloaded'),
    },
  );
  for (let input = 0; input < inputs; input += 1) void batcher.submit(input);
  await Promise.resolve();
  return sizes;
}

describe('what arrives at once', () => {
  it.each([
    ['stays together while it is small', 20, [20]],
    ['is shared among the lanes that are worth it', 64, [32, 32]],
    ['is shared evenly when it is more', 120, [40, 40, 40]],
    ['fills each lane at the most, and the rest waits', 300, [64, 64, 64]],
  ])('%s', async (_what, inputs, sizes) => {
    expect(await sizesOf(inputs)).toEqual(sizes);
  });
});
