import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codeOf,
  CREATE_KEY,
  CREATE_OPERATOR,
  OPERATORS,
  REVOKE,
} from '../testing/access-documents.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type Role, ROLES } from './roles.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ limits: { perPair: 5, perAddress: 10_000 } });
});
afterAll(() => api.stop());

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
