import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute, query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { GraphqlClient } from '../testing/graphql-client.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { ROLES, type Role } from './roles.ts';
import { CSRF_COOKIE, SESSION_COOKIE } from './cookies.ts';

const VIEWER = `{ viewer { ... on Operator { email roles mustChangePassword } ... on ApiClient { keyPrefix } } }`;
const OPERATORS = `{ operators { id email } }`;
const SIGN_IN = `mutation In($input: SignInInput!) { signIn(input: $input) { csrfToken operator { email } } }`;
const CHANGE = `mutation Change($input: ChangePasswordInput!) { changePassword(input: $input) { mustChangePassword } }`;
const CREATE_KEY = `mutation Key($input: CreateApiKeyInput!) { createApiKey(input: $input) { key client { id keyPrefix roles } } }`;
const REVOKE = `mutation Revoke($id: ID!) { revokeApiKey(id: $id) { revokedAt } }`;
const CREATE_OPERATOR = `mutation New($input: CreateOperatorInput!) { createOperator(input: $input) { password operator { id email mustChangePassword } } }`;

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { perPair: 5, perAddress: 10_000 } });
});
afterAll(() => api.stop());

const auditOf = (action: string): Promise<{ actor: string; details: Record<string, unknown> }[]> =>
  query(api.database.read(), 'select actor, details from audit_log where action = $1', [action]);

async function codeOf(client: GraphqlClient, document: string, variables = {}): Promise<string> {
  const { errors } = await client.ask(document, variables);
  return errors[0]?.extensions.code ?? 'none';
}

describe('signing in', () => {
  it('begins a session by cookies that scripts cannot read, and ends it', async () => {
    const operator = await api.addOperator('SUPPORT');
    const client = api.stranger();
    const answer = await client.ask(SIGN_IN, {
      input: { email: operator.email.toUpperCase(), password: operator.password },
    });
    const lines = answer.headers.getSetCookie();
    expect(lines.find((line) => line.startsWith(SESSION_COOKIE))).toMatch(
      /HttpOnly; Path=\/; SameSite=Strict/,
    );
    expect(lines.find((line) => line.startsWith(CSRF_COOKIE))).not.toMatch(/HttpOnly/);
    expect(await client.request(VIEWER)).toEqual({
      viewer: { email: operator.email, roles: ['SUPPORT'], mustChangePassword: false },
    });

    const thief = new GraphqlClient({ url: api.url });
    for (const [name, value] of client.cookies) thief.cookies.set(name, value);
    await client.request('mutation { signOut }');
    expect(client.cookies.size).toBe(0);
    expect(await client.request(VIEWER)).toEqual({ viewer: null });
    expect(await codeOf(thief, OPERATORS)).toBe('SESSION_EXPIRED');
  });

  it('stores no secret that could be sent', async () => {
    const client = await api.operator('ADMIN');
    const token = present(client.cookies.get(SESSION_COOKIE), 'cookie');
    const found = await queryOne(
      api.database.read(),
      `select 1 from sessions where position($1::bytea in token_hash) > 0 or position($1::bytea in csrf_hash) > 0`,
      [Buffer.from(token)],
    );
    expect(found).toBeUndefined();
  });

  it('answers alike for a wrong password, an unknown address and a switched-off operator', async () => {
    const { email } = await api.addOperator('ADMIN');
    const off = await api.addOperator('ADMIN');
    await execute(api.database.read(), 'update operators set active = false where id = $1', [
      off.id,
    ]);
    const before = (await auditOf('session.signInFailed')).length;
    const answers = await Promise.all(
      [
        { email, password: 'not the password' },
        { email: 'nobody@desk.test', password: 'not the password' },
        { email: off.email, password: off.password },
      ].map(async (input) => {
        const { status, errors, data } = await api.stranger().ask(SIGN_IN, { input });
        return { status, data, error: { ...errors[0], locations: undefined } };
      }),
    );
    expect(answers[0]?.error.extensions?.code).toBe('SIGN_IN_FAILED');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await auditOf('session.signInFailed')).length).toBe(before + 3);
  });

  it('limits tries, even with the right password afterwards', async () => {
    const { email, password } = await api.addOperator('ADMIN');
    const client = api.stranger();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await codeOf(client, SIGN_IN, { input: { email, password: 'wrong' } })).toBe(
        'SIGN_IN_FAILED',
      );
    }
    const { errors } = await client.ask(SIGN_IN, { input: { email, password } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(errors[0]?.extensions.details?.['retryAfterSeconds']).toBeGreaterThan(0);
  });

  it('writes who signed in', async () => {
    const { id, email, password } = await api.addOperator('ADMIN');
    await api.stranger().signIn(email, password);
    const rows = await auditOf('session.signIn');
    expect(rows.some(({ actor }) => actor.includes(id))).toBe(true);
  });
});

describe('a session', () => {
  it('ends when it was not used for its time', async () => {
    const operator = await api.addOperator('ADMIN');
    const client = api.stranger();
    await client.signIn(operator.email, operator.password);
    await execute(
      api.database.read(),
      `update sessions set expires_at = desk_now() - interval '1 second' where operator_id = $1`,
      [operator.id],
    );
    expect(await codeOf(client, OPERATORS)).toBe('SESSION_EXPIRED');
    expect(await client.ask(VIEWER)).toMatchObject({ data: { viewer: null }, errors: [] });
  });

  it('is prolonged by use, cookies and all', async () => {
    const operator = await api.addOperator('ADMIN');
    const client = api.stranger();
    await client.signIn(operator.email, operator.password);
    await execute(
      api.database.read(),
      `update sessions set last_seen_at = desk_now() - interval '1 hour',
              expires_at = desk_now() + interval '1 minute' where operator_id = $1`,
      [operator.id],
    );
    const { headers } = await client.ask(VIEWER);
    expect(headers.getSetCookie()).toHaveLength(2);
    const row = await queryOne<{ left: boolean }>(
      api.database.read(),
      `select expires_at > desk_now() + interval '11 hours' as left from sessions where operator_id = $1`,
      [operator.id],
    );
    expect(row?.left).toBe(true);
    expect(await client.request(OPERATORS)).toHaveProperty('operators');
  });

  it('counts for nothing without the token that only our own pages can read', async () => {
    const client = await api.operator('ADMIN');
    client.sendsCsrfToken = false;
    const { errors } = await client.ask(OPERATORS);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      details: { reason: 'CSRF_TOKEN_MISSING' },
    });
    expect(await codeOf(client, CREATE_KEY, { input: { name: 'x', roles: ['BOT'] } })).toBe(
      'FORBIDDEN',
    );
    client.cookies.set(CSRF_COOKIE, 'somebody-elses-token');
    client.sendsCsrfToken = true;
    expect(await codeOf(client, OPERATORS)).toBe('FORBIDDEN');
  });
});

describe('passwords', () => {
  it('must be changed first when they were given out', async () => {
    const admin = await api.operator('ADMIN');
    const { createOperator: created } = await admin.request<{
      createOperator: { password: string; operator: { email: string } };
    }>(CREATE_OPERATOR, {
      input: { email: 'Lin.Tester@desk.test', name: 'Lin', roles: ['ANALYST', 'ADMIN'] },
    });
    const client = api.stranger();
    await client.signIn(created.operator.email, created.password);
    expect(await client.request(VIEWER)).toMatchObject({ viewer: { mustChangePassword: true } });
    const { errors } = await client.ask(OPERATORS);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      details: { reason: 'MUST_CHANGE_PASSWORD' },
    });
    expect(await codeOf(client, '{ eventCursor }')).toBe('FORBIDDEN');
    const input = { current: created.password, next: 'three calm herons wade' };
    expect(await client.request(CHANGE, { input })).toEqual({
      changePassword: { mustChangePassword: false },
    });
    expect(await client.request(OPERATORS)).toHaveProperty('operators');
  });

  it('end all other sessions when they change', async () => {
    const { email, password } = await api.addOperator('ADMIN');
    const [one, other] = [api.stranger(), api.stranger()];
    await one.signIn(email, password);
    await other.signIn(email, password);
    const next = 'seven brass kettles sing';
    await one.request(CHANGE, { input: { current: password, next } });
    expect(await codeOf(other, OPERATORS)).toBe('SESSION_EXPIRED');
    expect(await one.request(OPERATORS)).toHaveProperty('operators');
    expect(await codeOf(api.stranger(), SIGN_IN, { input: { email, password } })).toBe(
      'SIGN_IN_FAILED',
    );
    await api.stranger().signIn(email, next);
  });

  it('are refused when they are weak, or the old one is wrong', async () => {
    const { email, password } = await api.addOperator('ADMIN');
    const client = api.stranger();
    await client.signIn(email, password);
    const local = email.split('@')[0] ?? '';
    for (const next of ['short', 'aaaaaaaaaaaaaa', `my own ${local} word`, 'password12345']) {
      const { errors } = await client.ask(CHANGE, { input: { current: password, next } });
      expect(errors[0]?.extensions).toMatchObject({
        code: 'PASSWORD_TOO_WEAK',
        field: 'input.next',
      });
    }
    const wrong = { current: 'not it', next: 'seven brass kettles sing' };
    expect(await codeOf(client, CHANGE, { input: wrong })).toBe('SIGN_IN_FAILED');
    expect(await auditOf('operator.changePasswordFailed')).toHaveLength(1);
  });
});

it('the password of an open session cannot be guessed', async () => {
  const { email, password } = await api.addOperator('ADMIN');
  const client = api.stranger();
  await client.signIn(email, password);
  const next = 'seven brass kettles sing';
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await codeOf(client, CHANGE, { input: { current: 'wrong', next } })).toBe(
      'SIGN_IN_FAILED',
    );
  }
  expect(await codeOf(client, CHANGE, { input: { current: password, next } })).toBe('RATE_LIMITED');
});

describe('API keys', () => {
  it('let a program in until they are revoked', async () => {
    const admin = await api.operator('ADMIN');
    const { createApiKey: made } = await admin.request<{
      createApiKey: { key: string; client: { id: string; keyPrefix: string } };
    }>(CREATE_KEY, { input: { name: 'The bot', roles: ['BOT'] } });
    expect(made.key).toMatch(new RegExp(`^${made.client.keyPrefix}_[\\w-]{43}$`));
    const bot = new GraphqlClient({ url: api.url, apiKey: made.key });
    expect(await bot.request(VIEWER)).toEqual({ viewer: { keyPrefix: made.client.keyPrefix } });
    const used = await queryOne<{ used: boolean }>(
      api.database.read(),
      'select last_used_at is not null as used from api_clients where id = $1',
      [made.client.id],
    );
    expect(used?.used).toBe(true);
    await admin.request(REVOKE, { id: made.client.id });
    expect(await codeOf(bot, '{ eventCursor }')).toBe('API_KEY_REVOKED');
    expect((await auditOf('apiKey.revoke')).length).toBe(1);
  });

  it('are unknown when a letter is missing', async () => {
    const { key } = await api.addApiClient('BOT');
    const client = new GraphqlClient({ url: api.url, apiKey: key.slice(0, -1) });
    expect(await codeOf(client, '{ eventCursor }')).toBe('UNAUTHENTICATED');
  });

  it('are never ADMIN', async () => {
    const admin = await api.operator('ADMIN');
    const { errors } = await admin.ask(CREATE_KEY, { input: { name: 'x', roles: ['ADMIN'] } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'input.roles' });
  });

  it('name what is wrong with an input', async () => {
    const admin = await api.operator('ADMIN');
    const { errors } = await admin.ask(CREATE_KEY, { input: { name: '', roles: ['BOT'] } });
    expect(errors[0]).toMatchObject({
      message: 'Give a name.',
      extensions: { code: 'BAD_INPUT', field: 'input.name' },
    });
    const missing = await admin.ask(REVOKE, { id: 'no-such-id' });
    expect(missing.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
  });
});

describe('who may do what', () => {
  const guarded: Record<string, { document: string; variables?: object; roles: readonly Role[] }> =
    {
      operators: { document: OPERATORS, roles: ['ADMIN'] },
      apiClients: { document: '{ apiClients { id } }', roles: ['ADMIN'] },
      events: { document: '{ events { hasMore } }', roles: ROLES },
      eventCursor: { document: '{ eventCursor }', roles: ROLES },
      createOperator: {
        document: CREATE_OPERATOR,
        variables: { input: { email: 'not an address', name: 'x', roles: ['ADMIN'] } },
        roles: ['ADMIN'],
      },
      createApiKey: {
        document: CREATE_KEY,
        variables: { input: { name: '', roles: ['BOT'] } },
        roles: ['ADMIN'],
      },
      revokeApiKey: { document: REVOKE, variables: { id: 'none' }, roles: ['ADMIN'] },
    };
  const mayNot = ['FORBIDDEN', 'UNAUTHENTICATED'];

  it.each(ROLES)('%s', async (role) => {
    const client = role === 'BOT' ? await api.apiClient(role) : await api.operator(role);
    for (const [field, { document, variables = {}, roles }] of Object.entries(guarded)) {
      const allowed = !mayNot.includes(await codeOf(client, document, variables));
      expect({ field, allowed }).toEqual({ field, allowed: roles.includes(role) });
    }
  });

  it('strangers: nothing', async () => {
    for (const { document, variables = {} } of Object.values(guarded)) {
      expect(await codeOf(api.stranger(), document, variables)).toBe('UNAUTHENTICATED');
    }
    expect(await codeOf(api.stranger(), 'mutation { signOut }')).toBe('UNAUTHENTICATED');
  });

  it('API keys: nothing that is about a password', async () => {
    const bot = await api.apiClient('BOT');
    expect(await codeOf(bot, 'mutation { signOut }')).toBe('FORBIDDEN');
  });
});
