import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkLimits, measureOperation } from './limits.ts';

const schema = buildSchema(`
  type Query { rows(first: Int = 50): Rows! one: Row! many: [Row!]! }
  type Rows { edges: [Edge!]! total: Int! }
  type Edge { node: Row! }
  type Row { id: ID! name: String! rows(first: Int = 10): Rows! parts: [Row!]! self: Row! }
`);

function measure(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  return {
    ...measureOperation(schema, document, operation, variables),
    check: () => checkLimits(schema, document, operation, variables),
  };
}

describe('the cost of a query', () => {
  it('counts each field of each row', () => {
    expect(measure('{ one { id name } }').cost).toBe(3);
    expect(measure('{ rows(first: 100) { edges { node { id name } } } }').cost).toBe(401);
    expect(measure('{ rows { edges { node { id } } } }').cost).toBe(151);
    expect(measure('{ many { id } }').cost).toBe(4);
  });

  it('multiplies pages within pages', () => {
    const inner = 'rows(first: 100) { edges { node { id } } }';
    const { cost, check } = measure(`{ rows(first: 200) { edges { node { ${inner} } } } }`);
    expect(cost).toBeGreaterThan(60_000);
    expect(check).toThrow(
      expect.objectContaining({
        code: 'QUERY_TOO_EXPENSIVE',
        details: { limit: 'cost', actual: cost, most: 60_000 },
      }),
    );
  });

  it('goes by the variables of the request, or their defaults', () => {
    const source = 'query ($n: Int = 20) { rows(first: $n) { edges { node { id } } } }';
    expect(measure(source, { n: 100 }).cost).toBe(301);
    expect(measure(source).cost).toBe(61);
  });

  it('sees through fragments, and measures each once', () => {
    const source = `{ one { ...A } } fragment A on Row { id ...B ...B } fragment B on Row { name }`;
    expect(measure(source).cost).toBe(4);
    const names = Array.from({ length: 30 }, (_, index) => `F${index}`);
    const bomb = names
      .map((name, index) => {
        const next = names[index + 1];
        const within = next === undefined ? 'id' : `a: self { ...${next} } b: self { ...${next} }`;
        return `fragment ${name} on Row { ${within} }`;
      })
      .join('\n');
    expect(measure(`{ one { ...F0 } }\n${bomb}`).check).toThrow('nested too deeply');
  });
});

describe('the other limits', () => {
  it.each([
    ['depth', `{ one ${'{ self '.repeat(50)} { id } ${'}'.repeat(50)} }`],
    ['aliases', `{ one { ${Array.from({ length: 61 }, (_, n) => `a${n}: id`).join(' ')} } }`],
    ['rootFields', `{ ${Array.from({ length: 21 }, (_, n) => `a${n}: one { id }`).join(' ')} }`],
    ['directives', `{ one { ${'id @include(if: true) '.repeat(61)} } }`],
  ])('%s', (limit, source) => {
    expect(measure(source).check).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ limit }) as unknown }),
    );
  });

  it('leave ordinary queries alone', () => {
    const page =
      '{ rows(first: 200) { edges { node { id name parts { id name self { id name } } } } } }';
    expect(measure(page).check).not.toThrow();
  });
});
