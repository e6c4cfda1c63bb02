import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { resolverClasses } from './rooms.ts';
import { buildBareSchema } from './schema.ts';

const target = new URL('../../../schema.graphql', import.meta.url);
const NOTE = '# Made by `npm run schema` from the classes in server/src; not written by hand.\n\n';

/** The whole schema as text, always in the same order. */
export function printDeskSchema(): string {
  return `${NOTE}${printSchema(lexicographicSortSchema(buildBareSchema(resolverClasses)))}\n`;
}

function run(check: boolean): number {
  const text = printDeskSchema();
  if (!check) {
    writeFileSync(target, text);
    console.log('schema.graphql written');
    return 0;
  }
  if (readCurrent() === text) return 0;
  console.error('schema.graphql is not what the classes say: run `npm run schema`.');
  return 1;
}

function readCurrent(): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}

const program = process.argv[1];
if (program !== undefined && pathToFileURL(program).href === import.meta.url) {
  process.exitCode = run(process.argv.includes('--check'));
}
