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

  test('five of them by rotation are found out by histories', async () => {
    const { code, said } = await runProgram('kill-mutants.ts', ['--rotate', '5']);
    expect(said).toContain('5 of 5 mutants killed');
    expect(code).toBe(0);
  });
});
