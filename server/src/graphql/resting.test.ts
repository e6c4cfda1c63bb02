import { describe, expect, it } from 'vitest';
import { restAfter } from './resting.ts';

describe('a long work beside others', () => {
  it.each([
    ['hardly rests when it is alone', 0, 5],
    ['rests eight times as long as it worked when half of the time is others’', 0.5, 80],
    ['nearly stands aside when others take all of it', 1, 160],
  ])('%s', (_what, others, ms) => {
    expect(restAfter(10, others)).toBe(ms);
  });

  it('never falls silent for long', () => {
    expect(restAfter(4_000, 1)).toBe(5_000);
  });
});
