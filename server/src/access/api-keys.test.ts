import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryOne } from '../database/query.ts';
import { codeOf, CREATE_KEY, REVOKE, VIEWER } from '../testing/access-documents.ts';
import { auditOf } from '../testing/audit-rows.ts';
import { GraphqlClient } from '../testing/graphql-client.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { perPair: 5, perAddress: 10_000 } });
});
afterAll(() => api.stop());

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
    expect((await auditOf(api.database, 'apiKey.revoke')).length).toBe(1);
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
