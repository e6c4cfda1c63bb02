import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { runProgram } from './run-program.ts';

describe('mistakes that somebody could make', () => {
  test.each(MUTANTS.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
    '$name: applies once to $file',
    async ({ file, from }) => {
      const text = await readFile(path.resolve(import.meta.dirname, '..', file), 'utf8');
      expect(text.split(from).length - 1).toBe(1);
    },
  );

  test('five of them by rotation are found out by histories', async () => {
    const { code, said } = await runProgram('kill-mutants.ts', ['--rotate', '5']);
    expect(said).toContain('5 of 5 mutants killed');
    expect(code).toBe(0);
  });
});
