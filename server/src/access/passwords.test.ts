import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CHANGE,
  codeOf,
  CREATE_OPERATOR,
  OPERATORS,
  SIGN_IN,
  VIEWER,
} from '../testing/access-documents.ts';
import { auditOf } from '../testing/audit-rows.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { perPair: 5, perAddress: 10_000 } });
});
afterAll(() => api.stop());

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
    expect(await auditOf(api.database, 'operator.changePasswordFailed')).toHaveLength(1);
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
