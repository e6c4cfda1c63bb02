import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
} from 'graphql';
import { assert } from '../kernel/assert.ts';

/**
 * What queries can meet: values that do not fit, resolvers that fail, soon or late. Objects in lists may
 * be null, since graphql-js 16 forgets to wait for the others when one that may not be fails.
 */
const SOURCE = `
  scalar Big
  enum Colour { RED GREEN }
  input Tricky { count: Int = 3, bigs: [Big!], colour: Colour = RED, inner: Tricky }
  type Query {
    id: ID one: Node! maybe: Node many(first: Int = 2): [Node]! either: Either
    echo(big: Big, input: Tricky, counts: [Int!], colour: Colour): String
    fails(big: Big): String!
  }
  type Mutation { add: Int }
  type Node {
    id: ID! name: String label: String! big: Big strictBig: Big! colour: Colour tags: [String!]
    node: Node strict: Node! parts: [Node] eithers(first: Int! = 2): [Either]
    echo(big: Big, input: Tricky, counts: [Int!], colour: Colour): String
  }
  type Leaf { id: ID! value: Int sure: Int! }
  union Either = Node | Leaf
`;

interface Item {
  readonly id: string;
}

interface Context {
  /** Decides what goes wrong; with a multiple of 2 nothing does. */
  readonly seed: number;
}

type Resolve = GraphQLFieldResolver<Item | undefined, Context>;

/** The same place and seed give the same number, below `most`. */
function chance(place: string, { seed }: Context, most: number): number {
  return createHash('md5').update(`${place} ${seed}`).digest().readUInt32BE() % most;
}

function goesWrong(place: string, context: Context): boolean {
  return context.seed % 2 === 1 && chance(place, context, 12) === 0;
}

function nodeAt(id: string, context: Context): Item & Record<string, unknown> {
  const or = (name: string, value: unknown, wrong: unknown): unknown =>
    goesWrong(`${id} ${name}`, context) ? wrong : value;
  return {
    id,
    __typename: 'Node',
    name: or('name', `name of ${id}`, null),
    label: or('label', 'a "label"\n', null),
    big: or('big', 12n, 'no bigint'),
    strictBig: or('strictBig', 12n, undefined),
    colour: or('colour', 'GREEN', 'BLUE'),
    tags: or('tags', ['a', 'b'], ['a', null]),
  };
}

function eitherAt(id: string, context: Context): Item {
  if (chance(id, context, 2) === 0) return nodeAt(id, context);
  const sure = goesWrong(id, context) ? null : 1;
  return { id, ...{ __typename: 'Leaf', value: 2, sure } };
}

/** Gives the value at once or later, or throws, or rejects, or answers null. */
function delivering(name: string, make: (id: string, context: Context) => unknown): Resolve {
  return (parent, _args, context) => {
    const id = `${parent?.id ?? ''}.${name}`;
    if (goesWrong(`${id} null`, context)) return null;
    const fail = (): never => {
      throw new TypeError(`no ${id}`);
    };
    const answer = goesWrong(`${id} throw`, context) ? fail : () => make(id, context);
    return chance(id, context, 2) === 0 ? answer() : Promise.resolve().then(answer);
  };
}

const several =
  (make: (id: string, context: Context) => unknown): Resolve =>
  (parent, args: { readonly first?: number | null }, context) =>
    Array.from({ length: args.first ?? 2 }, (_, index) =>
      make(`${parent?.id ?? ''}.${index}`, context),
    );

const echo: Resolve = (_parent, args: Readonly<Record<string, unknown>>) => {
  const sorted = Object.entries(args).toSorted(([one], [other]) => one.localeCompare(other));
  return JSON.stringify(sorted, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value} of Big` : value,
  );
};

const RESOLVERS: Readonly<Record<string, Readonly<Record<string, Resolve>>>> = {
  Query: {
    one: delivering('one', nodeAt),
    maybe: delivering('maybe', nodeAt),
    many: several(nodeAt),
    either: delivering('either', eitherAt),
    echo,
    fails() {
      throw new RangeError('as it always does');
    },
  },
  Node: {
    node: delivering('node', nodeAt),
    strict: delivering('strict', nodeAt),
    parts: delivering('parts', (id, context) => [nodeAt(`${id}.0`, context), null]),
    eithers: several(eitherAt),
    echo,
  },
};

/** A schema with everything that ours has, whose answers are of many shapes and often wrong. */
export function trickySchema(): GraphQLSchema {
  const schema = buildSchema(SOURCE);
  for (const [name, resolvers] of Object.entries(RESOLVERS)) {
    const type = schema.getType(name);
    assert(isObjectType(type), `${name} is an object`);
    for (const [field, resolve] of Object.entries(resolvers)) {
      Object.assign(type.getFields()[field] ?? {}, { resolve });
    }
  }
  const big = schema.getType('Big');
  assert(isScalarType(big), 'Big is a scalar');
  big.serialize = (value) => {
    if (typeof value !== 'bigint') throw new TypeError('This is no bigint.');
    return value.toString();
  };
  big.parseValue = (value) => BigInt(String(value));
  return schema;
}

const ECHO = 'echo(input: $input, counts: [1, 2], colour: GREEN)';
const scalarsOf = {
  Query: ['id', '__typename', ECHO, 'echo(big: $big)', 'echo', 'fails(big: $big)'],
  Node: [
    ...['id', 'name', 'label', 'big', 'strictBig', 'colour', 'tags', '__typename', ECHO],
    ...['echo(input: { count: 5, inner: { count: $count } }, counts: [1, $count], big: $big)'],
  ],
  Leaf: ['id', 'value', 'sure', '__typename'],
};
const objectsOf = {
  Query: ['one', 'maybe', 'many', 'many(first: 3)', 'many(first: $count)'],
  Node: ['node', 'strict', 'parts'],
};

const { selection } = fc.letrec<{ selection: string; node: string; either: string }>((tie) => {
  const leaves = (names: readonly string[]) => fc.constantFrom(...names).map(aliased);
  const below = (names: readonly string[], inner: fc.Arbitrary<string>) =>
    fc.tuple(leaves(names), inner).map((parts) => parts.join(' '));
  const set = (...parts: fc.Arbitrary<string>[]) =>
    fc
      .array(fc.oneof({ maxDepth: 4, depthIdentifier: 'query' }, ...parts), {
        minLength: 1,
        maxLength: 4,
      })
      .map((fields) => `{ ${fields.join(' ')} }`);
  const node = tie('node');
  return {
    node: set(
      leaves(scalarsOf.Node),
      below(objectsOf.Node, node),
      below(['eithers', 'eithers(first: $some)'], tie('either')),
      node.map((inner) => `... on Node ${inner}`),
      fc.constant('...Rest'),
    ),
    either: fc
      .tuple(node, set(leaves(scalarsOf.Leaf)))
      .map(([one, other]) => `{ __typename ... on Node ${one} ... on Leaf ${other} }`),
    selection: set(
      leaves(scalarsOf.Query),
      below(objectsOf.Query, node),
      below(['either'], tie('either')),
    ),
  };
});

/** An alias that tells what it stands for, so that no two fields of one name are of two kinds. */
function aliased(field: string): string {
  if (/^\w+$/.test(field)) return field;
  return `a${createHash('md5').update(field).digest('hex').slice(0, 6)}: ${field}`;
}

const HEAD =
  'query Any($count: Int! = 2 $some: Int = 1 $big: Big $counts: [Int!] $input: Tricky = { count: 1 })';

/** Uses each variable and the fragment, as a valid document has to. */
const TAIL = `
  ... on Query {
    all: echo(big: $big, input: $input) counts: echo(counts: $counts)
    tail: one { ...Rest eithers(first: $some) { __typename } }
    rows: many(first: $count) { id }
  }`;

const FRAGMENT = 'fragment Rest on Node { id rest: name strict { label } }';

/** A valid query of the tricky schema with values for its variables. */
export const anyQuery = fc.record({
  source: selection.map((set) => `${HEAD} { ${TAIL} ... on Query ${set} } ${FRAGMENT}`),
  variables: fc.record(
    {
      count: fc.integer({ min: 0, max: 3 }),
      some: fc.constantFrom(0, 1, 2, null),
      big: fc.constantFrom('7', null),
      counts: fc.constantFrom([1, 2], 3, null),
      input: fc.constantFrom({ colour: 'GREEN' }, { bigs: ['9'], inner: { count: 8 } }, null),
    },
    { requiredKeys: [] },
  ),
});
