import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { codeOf, CREATE_KEY, OPERATORS, SIGN_IN, VIEWER } from '../testing/access-documents.ts';
import { auditOf } from '../testing/audit-rows.ts';
import { GraphqlClient } from '../testing/graphql-client.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { CSRF_COOKIE, SESSION_COOKIE } from './cookies.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { perPair: 5, perAddress: 10_000 } });
});
afterAll(() => api.stop());

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
    const before = (await auditOf(api.database, 'session.signInFailed')).length;
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
    expect((await auditOf(api.database, 'session.signInFailed')).length).toBe(before + 3);
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
    const rows = await auditOf(api.database, 'session.signIn');
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
