import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed } from './apply-mutant.ts';
import { MUTANTS } from './mutants.ts';
import { runProgram } from './run-program.ts';

describe('mistakes that somebody could make', () => {
  test.each(MUTANTS.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
    '$name: applies once to $file',
    async (edit) => {
      const { text } = await changed(path.resolve(import.meta.dirname, '..'), edit);
      expect(text).toContain(edit.to);
    },
  );

  // More of them, by rotation, are a step of .ci/run.
  test('the one whose turn it is today is found out by histories', async () => {
    const { code, said } = await runProgram('kill-mutants.ts', ['--rotate', '1']);
    expect(said).toContain('1 of 1 mutants killed');
    expect(code).toBe(0);
  });
});
