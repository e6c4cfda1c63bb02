import {
  buildSchema,
  type ExecutionResult,
  type GraphQLFieldResolver,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../access/caller.ts';
import type { Role } from '../access/roles.ts';
import { assert, present } from '../kernel/assert.ts';
import { StepClock } from '../testing/step-clock.ts';
import { contextOf, type ContextSources } from './create-context.ts';
import type { DeskContext } from './context.ts';
import { CompiledQueries } from './compiled-queries.ts';
import { PATIENCE_MS, SharedQueries } from './shared-queries.ts';

const schema = buildSchema(`
  type Query { total(of: String): Int me: String request: String fails: Int! }
  type Mutation { add: Int }
`);

type Resolve = GraphQLFieldResolver<unknown, DeskContext>;

function operator(id: string, ...roles: Role[]): Caller {
  const common = { name: id, sessionId: `session of ${id}`, mustChangePassword: false };
  return { kind: 'OPERATOR', id, roles, ...common };
}

const ann = operator('ann', 'OPERATOR');
const bob = operator('bob', 'OPERATOR');

/** Resolvers that stand still until they are let go; what they say is what is true when they begin. */
class Stage {
  total = 0;
  executions = 0;
  readonly clock = new StepClock();
  readonly #held: (() => void)[] = [];
  readonly #shared: SharedQueries;
  readonly #sources: ContextSources;
  readonly #documents = new Map<string, ReturnType<typeof parse>>();
  #requests = 0;

  constructor() {
    this.#sources = {
      clock: this.clock,
      makeLoaders: () => ({}),
    } as unknown as ContextSources;
    this.#shared = new SharedQueries(new CompiledQueries(schema), this.#sources);
    const say = (what: (context: DeskContext) => unknown): Resolve => {
      return async (_root, _args, context) => {
        this.executions += 1;
        const said = what(context);
        await new Promise<void>((resolve) => this.#held.push(resolve));
        return said;
      };
    };
    const resolvers: Record<string, Resolve> = {
      total: say(() => this.total),
      me: say(({ caller }) => (caller.kind === 'STRANGER' ? '' : caller.name)),
      request: say(({ requestId }) => requestId),
      fails: say(() => {
        throw new Error('it does');
      }),
      add: say(() => (this.total += 1)),
    };
    for (const name of ['Query', 'Mutation']) {
      const type = schema.getType(name);
      assert(isObjectType(type), name);
      for (const field of Object.values(type.getFields())) {
        Object.assign(field, { resolve: resolvers[field.name] });
      }
    }
  }

  async ask(source: string, caller: Caller, variableValues = {}): Promise<unknown> {
    const document = this.#documents.get(source) ?? parse(source);
    this.#documents.set(source, document);
    const [operation] = document.definitions.filter(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    this.#requests += 1;
    const requestId = `request ${this.#requests}`;
    const origin = { requestId, remoteAddress: '', userAgent: '', signal: AbortSignal.any([]) };
    const result: ExecutionResult = await this.#shared.execute({
      ...{ document, operation: present(operation, 'operation'), operationName: undefined },
      ...{ variableValues, contextValue: contextOf(this.#sources, caller, origin) },
    });
    return result.errors?.[0]?.message ?? JSON.parse(JSON.stringify(result.data));
  }

  /** Lets everybody go who stands still by now. */
  async go(): Promise<void> {
    await this.clock.pass(0);
    for (const resolve of this.#held.splice(0)) resolve();
    await this.clock.pass(0);
  }
}

describe('a query that is asked for again while it is executed', () => {
  it('shares one execution with all who came meanwhile, begun after they came', async () => {
    const stage = new Stage();
    const answers = [stage.ask('{ total }', ann)];
    await stage.clock.pass(0);
    stage.total = 7;
    answers.push(stage.ask('{ total }', ann), stage.ask('{ total }', bob));
    await stage.go();
    expect(stage.executions).toBe(2);
    await stage.go();
    expect(await Promise.all(answers)).toEqual([{ total: 0 }, { total: 7 }, { total: 7 }]);
    expect(stage.executions).toBe(2);
  });

  it('does not wait longer than its patience, and nobody waits for ever', async () => {
    const stage = new Stage();
    const first = stage.ask('{ total }', ann);
    const second = stage.ask('{ total }', ann);
    await stage.clock.pass(PATIENCE_MS - 1);
    expect(stage.executions).toBe(1);
    await stage.clock.pass(1);
    expect(stage.executions).toBe(2);
    await stage.go();
    expect(await Promise.all([first, second])).toEqual([{ total: 0 }, { total: 0 }]);
    const third = stage.ask('{ total }', ann);
    await stage.go();
    expect(await third).toEqual({ total: 0 });
  });

  it.each([
    ['with other variables', ann, { of: 'b' }],
    ['with other rights', operator('eve', 'ANALYST'), { of: 'a' }],
  ])('is executed for itself %s', async (_what, caller, variables) => {
    const stage = new Stage();
    const source = 'query ($of: String) { total(of: $of) }';
    const answers = [stage.ask(source, ann, { of: 'a' }), stage.ask(source, caller, variables)];
    await stage.go();
    expect(stage.executions).toBe(2);
    expect(await Promise.all(answers)).toHaveLength(2);
  });

  it('is shared with the same caller alone once it asks who that is', async () => {
    const stage = new Stage();
    const ask = () =>
      ['ann', 'bob', 'ann'].map((id) => stage.ask('{ me }', operator(id, 'OPERATOR')));
    const first = stage.ask('{ me }', bob);
    const answers = ask();
    for (let turn = 0; turn < 4; turn += 1) await stage.go();
    expect(await first).toEqual({ me: 'bob' });
    expect(await Promise.all(answers)).toEqual([{ me: 'ann' }, { me: 'bob' }, { me: 'ann' }]);
    const before = stage.executions;
    const again = [...ask(), ...ask()];
    for (let turn = 0; turn < 4; turn += 1) await stage.go();
    expect(await Promise.all(again)).toEqual([
      ...[{ me: 'ann' }, { me: 'bob' }, { me: 'ann' }],
      ...[{ me: 'ann' }, { me: 'bob' }, { me: 'ann' }],
    ]);
    // Of each caller the first for itself, and the others in one.
    expect(stage.executions - before).toBe(4);
  });

  it('is executed for each when it asks for what belongs to the request', async () => {
    const stage = new Stage();
    const answers = Array.from({ length: 3 }, () => stage.ask('{ request }', ann));
    for (let turn = 0; turn < 4; turn += 1) await stage.go();
    expect(await Promise.all(answers)).toEqual([
      ...[{ request: 'request 1' }, { request: 'request 2' }, { request: 'request 3' }],
    ]);
  });

  it('shares no error: each fails by itself', async () => {
    const stage = new Stage();
    const answers = Array.from({ length: 3 }, () => stage.ask('{ fails }', ann));
    for (let turn = 0; turn < 4; turn += 1) await stage.go();
    expect(await Promise.all(answers)).toEqual(['it does', 'it does', 'it does']);
    expect(stage.executions).toBe(4);
  });

  it('is never a mutation', async () => {
    const stage = new Stage();
    const answers = Array.from({ length: 3 }, () => stage.ask('mutation { add }', ann));
    await stage.go();
    expect(await Promise.all(answers)).toEqual([{ add: 1 }, { add: 2 }, { add: 3 }]);
  });
});
