import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const http: [string, string, number][] = [];
const operations: [string | null | undefined, string, readonly string[]][] = [];
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    server: {
      routes: {
        '/healthz': () => ({ status: 200, contentType: 'text/plain', body: 'UP' }),
      },
      traffic: {
        observeHttp(method, path, status, seconds) {
          expect(seconds).toBeGreaterThanOrEqual(0);
          http.push([method, path, status]);
        },
        observeOperation: (name, kind, _seconds, codes) => operations.push([name, kind, codes]),
      },
    },
  });
});
afterAll(() => api.stop());

describe('the traffic observer', () => {
  it('hears of operations with their names, kinds and errors', async () => {
    const caller = await api.operator('SUPPORT');
    operations.length = 0;
    await caller.ask('query Who { viewer { __typename } }');
    await caller.ask(
      'mutation { revokeApiKey(id: "0197a000-0000-7000-8000-000000000000") { id } }',
    );
    await caller.ask('query Broken { nothing }');
    expect(operations).toEqual([
      ['Who', 'query', []],
      [null, 'mutation', ['FORBIDDEN']],
      [undefined, 'none', ['BAD_REQUEST']],
    ]);
  });

  it('hears of requests by path, never by what the caller made up', async () => {
    http.length = 0;
    await fetch(`${api.url}/healthz`);
    await fetch(`${api.url}/whatever/secret?token=1`);
    await api.stranger().ask('{ viewer { __typename } }');
    await vi.waitFor(() => expect(http).toHaveLength(3));
    expect(http).toEqual([
      ['GET', '/healthz', 200],
      ['GET', 'console', 404],
      ['POST', '/graphql', 200],
    ]);
  });
});
