import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isCompilable } from './compilable.ts';
import { resolverClasses } from './rooms.ts';
import { buildBareSchema } from './schema.ts';

const folder = fileURLToPath(new URL('../../../console/src/lib', import.meta.url));
const files = (await readdir(folder, { recursive: true })).filter((one) =>
  one.endsWith('.graphql'),
);
const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
const { definitions } = parse(texts.join('\n'));
const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
const queries = definitions.flatMap((one) =>
  one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.QUERY ? [one] : [],
);
const schema = buildBareSchema(resolverClasses);

describe('the queries of the console', () => {
  it.each(queries.map((query) => [query.name?.value ?? '', query] as const))(
    'are compiled: %s',
    (name, query) => {
      const document = { kind: Kind.DOCUMENT, definitions: [query, ...fragments] } as const;
      expect(isCompilable(schema, document, query)).toBe(true);
      expect(isCompiledQuery(compileQuery(schema, document, name))).toBe(true);
    },
  );
});
