import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemRandom as random } from '../kernel/random.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createFirstOperator } from './operators.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const email = 'First@desk.test';
const make = () =>
  api.database.transaction(system('prepare'), (em) =>
    createFirstOperator(em, email, { ids: api.ids, random }),
  );

it('is made once, even by two processes that start together', async () => {
  const made = (await Promise.all([make(), make(), make()])).filter((one) => one !== undefined);
  expect(made).toHaveLength(1);
  expect(await make()).toBeUndefined();
  expect(await query(api.database.read(), 'select email, roles from operators')).toEqual([
    { email: 'first@desk.test', roles: ['ADMIN'] },
  ]);
  const client = api.stranger();
  await client.signIn(email, made[0]?.password ?? '');
  expect(await client.request('{ viewer { ... on Operator { mustChangePassword } } }')).toEqual({
    viewer: { mustChangePassword: true },
  });
});
