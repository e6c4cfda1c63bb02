import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '..');
const LOCKS = /\bfor (no key )?update\b|\bfor (key )?share\b/;

function locksByUnion(text: string): string[] {
  return [...text.matchAll(/`[^`]*`/g)]
    .map(([statement]) => statement)
    .filter((statement) => LOCKS.test(statement) && /\bunion\b/.test(statement));
}

it('no statement that locks rows chooses them by a union, behind which PostgreSQL loses some', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    locksByUnion(readFileSync(path.join(source, file), 'utf8')).map((statement) => ({
      file,
      statement,
    })),
  );
  expect(found).toEqual([]);
});

it('would find one', () => {
  const bad = '`select id from a where id in (select 1 union all select 2) for no key update`';
  expect(locksByUnion(`query(em, ${bad})`)).toEqual([bad]);
});
