import 'reflect-metadata';
import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { Forbidden } from '../access/access.errors.ts';
import type { AccessRule, RuleMap } from '../access/rules.ts';
import { assert, present } from '../kernel/assert.ts';
import type { DeskContext } from './context.ts';
import { registerErrorCode } from './error-code.graphql.ts';
import { callPlainly } from './plain-calls.ts';
import { applyMiddleware, rule, shield } from './shield.ts';
import { validateInput } from './validate-input.ts';

export interface SchemaParts {
  /** Instances of resolver classes, built by hand. */
  readonly resolvers: readonly object[];
  readonly rules: readonly RuleMap[];
}

/** A resolver class, as instances name it. */
type AnyClass = object['constructor'];

type Root = 'Query' | 'Mutation' | 'Subscription';
const ROOTS: readonly Root[] = ['Query', 'Mutation', 'Subscription'];
type ShieldRule = ReturnType<ReturnType<typeof rule>>;
type RootRules = Record<string, Record<string, ShieldRule>>;

registerErrorCode();

/**
 * The schema of all rooms with its guards. A root field without a rule answers FORBIDDEN; below a
 * root field that was allowed everything may be read. A mutation that leaves no audit row fails.
 */
export function buildDeskSchema(parts: SchemaParts): GraphQLSchema {
  const bare = buildFrom(new Map(parts.resolvers.map((one) => [one.constructor, one])));
  return guardAccess(requireAudit(bare), mergeRules(parts.rules));
}

/** The schema without guards and without instances: enough to print, not to be asked. */
export function buildBareSchema(classes: readonly AnyClass[]): GraphQLSchema {
  return buildFrom(new Map(classes.map((one) => [one, undefined])));
}

function buildFrom(instances: ReadonlyMap<AnyClass, object | undefined>): GraphQLSchema {
  const [first, ...rest] = instances.keys();
  assert(first !== undefined, 'a schema has resolvers');
  readPropertiesPlainly();
  const schema = buildSchemaSync({
    resolvers: [first, ...rest],
    container: {
      get: (wanted: AnyClass) => present(instances.get(wanted), wanted.name),
    },
    validateFn: validateInput,
    // Subscriptions bring their own streams; the library wants one of these all the same.
    pubSub: { publish: noPubSub, subscribe: noPubSub },
  });
  callPlainly(schema, instances);
  return schema;
}

/**
 * A field that is only read from its object needs none of the library's wrappers: graphql-js reads
 * the property itself, and a page of rows has thousands of them.
 */
function readPropertiesPlainly(): void {
  for (const field of getMetadataStorage().fields) {
    if (field.name === field.schemaName) field.simple ??= true;
  }
}

function noPubSub(): never {
  assert(false, 'subscriptions take their events from the feed');
}

/** The rules of all rooms as one map. Two rules for a field are our mistake. */
export function mergeRules(maps: readonly RuleMap[]): Required<RuleMap> {
  const merged: Record<Root, Record<string, AccessRule>> = {
    Query: {},
    Mutation: {},
    Subscription: {},
  };
  for (const map of maps) {
    for (const root of ROOTS) {
      for (const [field, accessRule] of Object.entries(map[root] ?? {})) {
        assert(!(field in merged[root]), `${root}.${field} has two rules`);
        merged[root][field] = accessRule;
      }
    }
  }
  return merged;
}

function guardAccess(schema: GraphQLSchema, rules: Required<RuleMap>): GraphQLSchema {
  const inUse = ROOTS.filter((root) => schema.getType(root) !== undefined);
  const tree: RootRules = {};
  for (const root of inUse) {
    tree[root] = {
      ...Object.fromEntries(
        Object.entries(rules[root]).map(([field, one]) => [field, asShieldRule(root, field, one)]),
      ),
      '*': asShieldRule(root, '*', nobody),
    };
  }
  // With debug off, shield answers a resolver's error with its own; on, it lets every error through.
  const generated = shield(tree, { debug: true }).generate(schema);
  // Only root fields: a wrapper around every field of every row costs more than the rows.
  const guards = Object.fromEntries(Object.entries(generated).filter(([type]) => type in tree));
  const guarded = applyMiddleware(schema, guards);
  guardSubscribe(guarded, rules.Subscription);
  return guarded;
}

/** Who forgot a rule gave it to nobody. */
const nobody: AccessRule = {
  name: 'nobody',
  refuse: () => new Forbidden('Nobody has a right to this.'),
};

function asShieldRule(root: Root, field: string, { name, refuse }: AccessRule): ShieldRule {
  // shield knows rules by their names, and takes two of one name for a mistake.
  return rule(`${root}.${field}: ${name}`, { cache: 'no_cache' })(
    (_parent, _args, context: DeskContext) => refuse(context.caller) ?? true,
  );
}

/** shield guards `resolve` alone: a stranger could hold a stream open and get an error per event. */
function guardSubscribe(schema: GraphQLSchema, rules: Readonly<Record<string, AccessRule>>): void {
  for (const field of fieldsOf(schema, 'Subscription')) {
    const subscribe = present(field.subscribe, `subscribe of ${field.name}`);
    const { refuse } = rules[field.name] ?? nobody;
    field.subscribe = (root, args, context, info): unknown => {
      const refusal = refuse(context.caller);
      if (refusal !== undefined) throw refusal;
      return subscribe(root, args, context, info);
    };
  }
}

/** Wraps each mutation so that one that wrote no audit row cannot pass unnoticed. */
function requireAudit(schema: GraphQLSchema): GraphQLSchema {
  for (const field of fieldsOf(schema, 'Mutation')) {
    const resolve = present(field.resolve, `resolve of ${field.name}`);
    field.resolve = async (root, args, context, info): Promise<unknown> => {
      const before = context.audit.made;
      const result: unknown = await resolve(root, args, context, info);
      assert(context.audit.made > before, `mutation ${field.name} left no audit row`);
      return result;
    };
  }
  return schema;
}

type RootField = Omit<GraphQLField<unknown, DeskContext>, 'resolve' | 'subscribe'> & {
  resolve?: GraphQLFieldResolver<unknown, DeskContext>;
  subscribe?: GraphQLFieldResolver<unknown, DeskContext>;
};

function fieldsOf(schema: GraphQLSchema, root: Root): RootField[] {
  const type = rootType(schema, root);
  return type === undefined ? [] : (Object.values(type.getFields()) as RootField[]);
}

function rootType(schema: GraphQLSchema, root: Root): GraphQLObjectType | undefined {
  const type = schema.getType(root);
  return isObjectType(type) ? type : undefined;
}
