import 'reflect-metadata';
import {
  graphql,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { Mutation, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { Auditor } from '../access/audit.ts';
import { stranger } from '../access/caller.ts';
import { anyone, signedIn } from '../access/rules.ts';
import { system } from '../kernel/actor.ts';
import { NotFound } from '../kernel/domain-error.ts';
import { resolverClasses, ruleMaps } from './rooms.ts';
import { buildBareSchema, buildDeskSchema, mergeRules } from './schema.ts';

const schema = buildBareSchema(resolverClasses);
const named = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

describe('the whole schema', () => {
  it('has a rule for every root field, and no rule for a field that is not there', () => {
    const rules = mergeRules(ruleMaps);
    for (const root of ['Query', 'Mutation', 'Subscription'] as const) {
      const type = schema.getType(root);
      const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
      expect(Object.keys(rules[root]).sort()).toEqual(fields.sort());
    }
  });

  it('tells what everything is', () => {
    expect(named.flatMap(undescribed)).toEqual([]);
  });

  it('gives every mutation one argument, `input` or `id`, or none', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(field.args.length).toBeLessThanOrEqual(1);
      for (const { name } of field.args) expect(['input', 'id']).toContain(name);
    }
  });
});

function undescribed(type: GraphQLNamedType): string[] {
  const missing: string[] = [];
  const check = (what: string, description: string | null | undefined): void => {
    if ((description ?? '').trim() === '') missing.push(what);
  };
  if (builtIn.has(type.name)) return [];
  if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) {
    check(type.name, type.description);
  }
  if (isEnumType(type)) {
    for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
    }
  }
  if (isObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
      for (const arg of field.args) {
        check(`${type.name}.${field.name}(${arg.name})`, arg.description);
      }
    }
  }
  return missing;
}

@Resolver()
class Sample {
  ran: string[] = [];

  @Query(() => String)
  open(): string {
    return 'open';
  }

  @Query(() => String)
  forgotten(): string {
    this.ran.push('forgotten');
    return 'forgotten';
  }

  @Query(() => String)
  failing(): string {
    throw new NotFound('There is none.');
  }

  @Mutation(() => String)
  unaudited(): string {
    return 'done';
  }
}

describe('a schema of two rooms', () => {
  const sample = new Sample();
  const guarded = buildDeskSchema({
    resolvers: [sample],
    rules: [{ Query: { open: anyone, failing: anyone } }, { Mutation: { unaudited: anyone } }],
  });
  const origin = { actor: system('test'), requestId: '', remoteAddress: '' };
  const contextValue = { caller: stranger('NOT_SIGNED_IN'), audit: new Auditor(origin) };
  const ask = (source: string) => graphql({ schema: guarded, source, contextValue });

  it('denies a field that nobody gave a rule', async () => {
    const { errors } = await ask('{ forgotten }');
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' });
    expect(sample.ran).toEqual([]);
    expect((await ask('{ open }')).data).toEqual({ open: 'open' });
  });

  it("lets a room's own error through", async () => {
    const { errors } = await ask('{ failing }');
    expect(errors?.[0]?.originalError).toBeInstanceOf(NotFound);
  });

  it('does not let a mutation pass that left no audit row', async () => {
    const { errors } = await ask('mutation { unaudited }');
    expect(errors?.[0]?.message).toBe('mutation unaudited left no audit row');
  });

  it('refuses two rules for one field', () => {
    expect(() => mergeRules([{ Query: { a: anyone } }, { Query: { a: signedIn } }])).toThrow(
      'Query.a has two rules',
    );
  });
});
