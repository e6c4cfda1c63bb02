import { expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

// The thousand of the day are a step of .ci/run; a share of them in every run of the suite.
test('sixty random histories of the real desk break nothing; other ones every day', async () => {
  const { code, said } = await runProgram('simulate.ts', ['--seeds', '60', '--seed', 'today']);
  expect(said).toContain('60 histories');
  expect(code).toBe(0);
});

test('the same seed gives the same history, step by step', async () => {
  const { code, said } = await runProgram('simulate.ts', ['--seeds', '8', '--twice']);
  expect(said).toContain('8 histories');
  expect(code).toBe(0);
});
