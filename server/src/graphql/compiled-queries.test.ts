import fc from 'fast-check';
import {
  execute,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CompiledQueries, type Execution } from './compiled-queries.ts';
import { anyQuery, trickySchema } from '../testing/tricky-schema.ts';

vi.mock(import('graphql'), async (original) => {
  const graphql = await original();
  return { ...graphql, execute: vi.fn(graphql.execute) };
});

const interpreted = vi.mocked(execute);

beforeEach(() => {
  interpreted.mockClear();
});

function executionOf(
  schema: GraphQLSchema,
  source: string,
  variableValues: Record<string, unknown> = {},
  seed = 0,
): Execution {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  const operationName = operation.name?.value;
  return { document, operation, operationName, variableValues, contextValue: { seed } };
}

/** The data, and where errors left it null: of several that do, either may tell more than the other. */
function told({ data, errors = [] }: ExecutionResult): string {
  const nulls = new Set(errors.map(({ path = [] }) => nullAt(data, path).join('.')));
  return JSON.stringify({ data, nulls: [...nulls].toSorted() }, null, 1);
}

function wholeError({ errors = [] }: ExecutionResult): unknown {
  expect(errors).toHaveLength(1);
  const [error] = errors;
  return { ...error?.toJSON(), ...error?.extensions, thrown: error?.originalError?.message };
}

/** The part of an error's path that the answer still has: its last value is null. */
function nullAt(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let value = data;
  const end = path.findIndex((key) => {
    if (value === null) return true;
    value = (value as Record<string | number, unknown>)[key] ?? null;
    return false;
  });
  return end < 0 ? path : path.slice(0, end);
}

/** The first answer is graphql-js's, the second that of compiled code where there can be one. */
async function twice<T>(
  schema: GraphQLSchema,
  execution: Execution,
  shown: (result: ExecutionResult) => T,
) {
  const queries = new CompiledQueries(schema);
  const first = shown(await queries.execute(execution));
  interpreted.mockClear();
  const second = shown(await queries.execute(execution));
  return { first, second, isCompiled: interpreted.mock.calls.length === 0 };
}

describe('a query that comes again', () => {
  const schema = trickySchema();

  it('is answered as graphql-js answers it, whatever it asks for and whatever goes wrong', async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.nat(), async ({ source, variables }, seed) => {
        const execution = executionOf(schema, source, variables, seed);
        const { first, second, isCompiled } = await twice(schema, execution, told);
        expect(second).toBe(first);
        if (isCompiled) compiled += 1;
      }),
      { numRuns: 300 },
    );
    expect(compiled).toBeGreaterThan(100);
  });

  it('is compiled, and so is each operation of a document', async () => {
    const queries = new CompiledQueries(schema);
    const document = parse('query A { one { name } } query B { one { id } }');
    const run = async (name: string) => {
      const operation = document.definitions.find(
        (one): one is OperationDefinitionNode =>
          one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name,
      );
      return queries.execute({
        ...{ document, operation, operationName: name },
        ...{ variableValues: {}, contextValue: { seed: 0 } },
      });
    };
    for (const name of ['A', 'B']) expect(await run(name)).toEqual(await run(name));
    expect(interpreted).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a literal of a scalar of ours', '{ echo(big: "7") }'],
    ['the same within an input', '{ echo(input: { bigs: ["7"] }) }'],
    [
      'a variable within an input that may be left out',
      'query ($n: Int) { echo(input: { count: $n }) }',
    ],
    ['a condition', 'query ($yes: Boolean = true) { one { id @include(if: $yes) } }'],
    ['a name that means something to JavaScript', '{ __proto__: one { id } }'],
    ['a mutation', 'mutation { add }'],
    ['very many fields', `{ ${Array.from({ length: 601 }, (_, n) => `a${n}: id`).join(' ')} }`],
  ])('is not compiled with %s', async (_what, source) => {
    const { first, second, isCompiled } = await twice(schema, executionOf(schema, source), told);
    expect(second).toBe(first);
    expect(isCompiled).toBe(false);
  });

  it('is refused for its variables in the words of graphql-js', async () => {
    const execution = executionOf(schema, 'query ($input: Tricky) { echo(input: $input) }', {
      input: { count: 'many' },
    });
    const { first, second } = await twice(schema, execution, wholeError);
    expect(second).toEqual(first);
    expect(JSON.stringify(first)).toContain('Int cannot represent non-integer value');
  });

  it('fails with what a resolver threw, which is not asked twice', async () => {
    const execution = executionOf(schema, 'query ($big: Big) {\r\n id\n\n fails(big: $big) }');
    const { first, second, isCompiled } = await twice(schema, execution, wholeError);
    expect(second).toEqual(first);
    expect(second).toMatchObject({ thrown: 'as it always does', path: ['fails'] });
    expect(isCompiled).toBe(true);
  });
});
