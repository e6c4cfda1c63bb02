import 'reflect-metadata';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import {
  Arg,
  Ctx,
  Field,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../database/query.ts';
import { anyone, hasRole, signedIn } from '../access/rules.ts';
import { CSRF_COOKIE } from '../access/cookies.ts';
import type { DeskEvent } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { system } from '../kernel/actor.ts';
import { GraphqlClient, GraphqlRequestError } from '../testing/graphql-client.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import type { DeskContext } from './context.ts';
import { Amount, Energy } from './scalars.ts';

let held: (() => void) | undefined;

@ObjectType()
class Nest {
  @Field(() => String)
  declare name: string;

  @Field(() => Nest, { nullable: true })
  declare nest: Nest | null;
}

@Resolver()
class Sample {
  @Query(() => Nest, { nullable: true })
  nest(): null {
    return null;
  }

  @Query(() => String)
  hello(): string {
    return 'hello';
  }

  @Query(() => Energy, { nullable: true })
  take(
    @Arg('energy', () => Energy, { nullable: true }) energy?: bigint,
    @Arg('amount', () => Amount, { nullable: true }) _amount?: bigint,
    @Arg('count', () => Int, { nullable: true }) _count?: number,
  ): bigint | undefined {
    return energy;
  }

  @Query(() => String)
  breaks(): string {
    throw new Error('the password is hunter2');
  }

  @Query(() => String)
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => {
      held = resolve;
    });
    return 'at last';
  }

  @Mutation(() => String)
  async change(@Ctx() { actor, audit }: DeskContext): Promise<string> {
    await api.database.transaction(actor, (em) => audit.record(em, 'sample.change'));
    return 'changed';
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) =>
      context.feed.subscribe({ kinds: ['sample.*'], signal: context.signal }),
  })
  happened(@Root() event: DeskEvent): string {
    return event.kind;
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) => context.feed.subscribe({}),
  })
  forAdmins(@Root() event: DeskEvent): string {
    return event.kind;
  }

  @Subscription(() => String, {
    subscribe: ({ context }: { context: DeskContext }) => context.feed.subscribe({}),
  })
  forgotten(@Root() event: DeskEvent): string {
    return event.kind;
  }
}

const rules = [
  {
    Query: { hello: anyone, nest: anyone, take: anyone, breaks: anyone, slow: anyone },
    Mutation: { change: anyone },
    Subscription: { happened: signedIn, forAdmins: hasRole('ADMIN') },
  },
];

let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-console-'));
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><script>start()</script><script src="/app.js"></script>',
  );
  await writeFile(path.join(folder, 'app.js'), 'start()');
  api = await startTestApi({
    resolvers: [new Sample()],
    rules,
    server: {
      consoleDir: folder,
      routes: { '/healthz': () => ({ status: 200, contentType: 'text/plain', body: 'ok' }) },
    },
  });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

const happen = (kind: string): Promise<void> =>
  api.database.transaction(system('test'), (em) =>
    recordEvents(em, [{ kind, subjectKind: 'sample', subjectId: api.ids.next() }]),
  );

describe('a request', () => {
  it('is answered, with headers that keep browsers safe', async () => {
    const { data, headers, status } = await api.stranger().ask('{ hello }');
    expect({ data, status }).toEqual({ data: { hello: 'hello' }, status: 200 });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}-\w+$/);
    expect(headers.get('date')).not.toBeNull();
  });

  it('may be a GET that changes nothing', async () => {
    const get = (query: string): Promise<Response> =>
      fetch(`${api.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
    expect(await (await get('{ hello }')).json()).toEqual({ data: { hello: 'hello' } });
    const refused = await get('mutation { change }');
    expect(refused.status).toBe(405);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it.each([
    ['malformed JSON', '{"query": "{ hello }"', 400, 'BAD_REQUEST'],
    ['no JSON object', '[]', 400, 'BAD_REQUEST'],
    ['a syntax error', JSON.stringify({ query: '{ hello' }), 400, 'BAD_REQUEST'],
    ['an unknown field', JSON.stringify({ query: '{ nothing }' }), 400, 'BAD_REQUEST'],
    [
      'an unknown operation',
      JSON.stringify({ query: '{ hello }', operationName: 'X' }),
      400,
      'BAD_REQUEST',
    ],
    [
      '10 MB',
      JSON.stringify({ query: `{ hello ${' '.repeat(10_000_000)} }` }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'too many tokens',
      JSON.stringify({ query: `{ ${'hello '.repeat(5_000)} }` }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
    [
      'depth 50',
      JSON.stringify({ query: `{ nest ${'{ nest '.repeat(49)} { name } ${'}'.repeat(49)} }` }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
    [
      'too many aliases',
      JSON.stringify({
        query: `{ ${Array.from({ length: 70 }, (_, n) => `a${n}: hello`).join(' ')} }`,
      }),
      400,
      'QUERY_TOO_EXPENSIVE',
    ],
  ])('of %s is told apart', async (_what, body, status, code) => {
    const answer = await api.stranger().post(body);
    expect({ status: answer.status, code: answer.errors[0]?.extensions.code ?? 'none' }).toEqual({
      status,
      code,
    });
  });

  it('of a simple form from another site is not served', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { change }' }),
    });
    expect(response.status).toBe(400);
  });

  it.each([
    ['{ take(energy: "many") }', {}, 'BAD_INPUT', 'energy'],
    ['{ take(energy: "-5") }', {}, 'ENERGY_OUT_OF_RANGE', 'energy'],
    ['query ($e: Energy) { take(energy: $e) }', { e: 1.5 }, 'BAD_INPUT', 'e'],
    ['query ($a: Amount) { take(amount: $a) }', { a: 12.5 }, 'BAD_INPUT', 'a'],
    ['{ take(count: "x") }', {}, 'BAD_INPUT', 'count'],
    ['query ($c: Int!) { take(count: $c) }', {}, 'BAD_INPUT', 'c'],
  ])('with bad input names the field: %s', async (query, variables, code, field) => {
    const { errors } = await api.stranger().ask(query, variables);
    expect(errors[0]?.extensions).toMatchObject({ code, field, retryable: false });
  });

  it('that finds our own mistake learns only its number', async () => {
    const { errors } = await api.stranger().ask('{ breaks }');
    expect(errors[0]?.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
    const entry = api.logged.find(
      ({ incidentId }) => incidentId === errors[0]?.extensions.incidentId,
    );
    expect(JSON.stringify(entry)).toContain('hunter2');
  });

  it('that guesses names is helped only when the caller is known', async () => {
    const { errors } = await api.stranger().ask('{ helo }');
    expect(errors[0]?.message).toBe('Cannot query field "helo" on type "Query".');
    const analyst = await api.operator('ANALYST');
    expect((await analyst.ask('{ helo }')).errors[0]?.message).toContain('Did you mean "hello"?');
  });

  it('for the schema itself is for callers that are known', async () => {
    const query = getIntrospectionQuery();
    const { errors } = await api.stranger().ask(query);
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const analyst = await api.operator('ANALYST');
    expect(await analyst.request(query)).toHaveProperty('__schema');
  });
});

describe('other paths', () => {
  it('are the console, its page for every view', async () => {
    const page = await fetch(`${api.url}/orders/some-id`);
    expect(await page.text()).toContain('<!doctype html>');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+';/);
    expect(await (await fetch(`${api.url}/app.js`)).text()).toBe('start()');
    expect((await fetch(`${api.url}/missing.js`)).status).toBe(404);
  });

  it('are plain routes', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).text()).toBe('ok');
  });
});

describe('a WebSocket', () => {
  async function firstError(client: GraphqlClient, document: string): Promise<string | undefined> {
    const stream = client.subscribe(document);
    try {
      const { value } = (await stream.next()) as {
        value?: { errors?: { extensions: { code: string } }[] };
      };
      return value?.errors?.[0]?.extensions.code;
    } catch (error) {
      const [first] = error as { extensions: { code: string } }[];
      return first?.extensions.code;
    } finally {
      await stream.return(undefined);
    }
  }

  it('is closed to strangers', async () => {
    expect(await api.stranger().connect('subscription { happened }').closed).toEqual({
      code: 4403,
      reason: 'UNAUTHENTICATED',
    });
    expect(api.feed.size).toBe(0);
  });

  it('needs the token that only our own pages can read', async () => {
    const client = await api.operator('ADMIN');
    client.cookies.set(CSRF_COOKIE, 'guessed');
    expect(await client.connect('subscription { happened }').closed).toEqual({
      code: 4403,
      reason: 'FORBIDDEN',
    });
  });

  it('opened by a page of somebody else has no session', async () => {
    const client = await api.operator('ADMIN');
    client.origin = 'https://evil.example';
    expect(await client.connect('subscription { happened }').closed).toEqual({
      code: 4403,
      reason: 'UNAUTHENTICATED',
    });
  });

  it('streams to those who may listen, and lets go when they stop', async () => {
    const stream = (await api.operator('ANALYST')).subscribe('subscription { happened }');
    const first = stream.next();
    await expect.poll(() => api.feed.size).toBe(1);
    await happen('other.thing');
    await happen('sample.one');
    expect(await first).toMatchObject({ value: { data: { happened: 'sample.one' } } });
    await stream.return(undefined);
    await expect.poll(() => api.feed.size).toBe(0);
  });

  it('refuses a stream by role, before anything is streamed', async () => {
    const bot = await api.apiClient('BOT');
    expect(await firstError(bot, 'subscription { forAdmins }')).toBe('FORBIDDEN');
    expect(await firstError(bot, 'subscription { forgotten }')).toBe('FORBIDDEN');
    expect(await firstError(bot, 'mutation { change }')).toBe('BAD_REQUEST');
    expect(await firstError(bot, 'subscription { nothing }')).toBe('BAD_REQUEST');
    expect(api.feed.size).toBe(0);
  });

  it('is closed when its key is revoked elsewhere, or its session ends', async () => {
    const { id, key } = await api.addApiClient('BOT');
    const { closed } = new GraphqlClient({ url: api.url, apiKey: key }).connect(
      'subscription { happened }',
    );
    await expect.poll(() => api.feed.size).toBe(1);
    await execute(
      api.database.read(),
      'update api_clients set revoked_at = desk_now() where id = $1',
      [id],
    );
    expect(await closed).toEqual({ code: 4403, reason: 'API_KEY_REVOKED' });
    await expect.poll(() => api.feed.size).toBe(0);

    const operator = await api.operator('ADMIN');
    const { closed: ended } = operator.connect('subscription { happened }');
    await expect.poll(() => api.feed.size).toBe(1);
    await operator.request('mutation { signOut }');
    expect(await ended).toEqual({ code: 4403, reason: 'SESSION_EXPIRED' });
  });
});

describe('the test client', () => {
  it('throws what went wrong', async () => {
    const error: unknown = await api
      .stranger()
      .request('{ breaks }')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GraphqlRequestError);
    expect(error).toMatchObject({ code: 'INTERNAL', first: { path: ['breaks'] } });
  });
});

describe('a stop', () => {
  it('finishes the answers under way and closes sockets with 1001', async () => {
    const other = await startTestApi({ resolvers: [new Sample()], rules });
    const answer = other.stranger().request('{ slow }');
    await expect.poll(() => held).toBeDefined();
    const client = await other.operator('ADMIN');
    const { closed } = client.connect('subscription { happened }');
    await expect.poll(() => other.feed.size).toBe(1);
    const stopped = other.stop();
    expect(await closed).toMatchObject({ code: 1001 });
    held?.();
    expect(await answer).toEqual({ slow: 'at last' });
    await stopped;
    await expect(fetch(`${other.url}/graphql`)).rejects.toThrow();
  });
});
