import { expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

test('a thousand random histories of the real desk break nothing; other ones every day', async () => {
  const { code, said } = await runProgram('simulate.ts', ['--seeds', '1000', '--seed', 'today']);
  expect(said).toContain('1000 histories');
  expect(code).toBe(0);
});

test('the same seed gives the same history, step by step', async () => {
  const { code, said } = await runProgram('simulate.ts', ['--seeds', '20', '--twice']);
  expect(said).toContain('20 histories');
  expect(code).toBe(0);
});
