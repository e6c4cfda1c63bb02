import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CSRF_COOKIE } from '../access/cookies.ts';
import { execute } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { system } from '../kernel/actor.ts';
import { GraphqlClient } from '../testing/graphql-client.ts';
import { startSampleApi } from '../testing/sample-api.ts';
import type { TestApi } from '../testing/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  ({ api } = await startSampleApi());
});
afterAll(() => api.stop());

const happen = (kind: string): Promise<void> =>
  api.database.transaction(system('test'), (em) =>
    recordEvents(em, [{ kind, subjectKind: 'sample', subjectId: api.ids.next() }]),
  );

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

describe('a stop', () => {
  it('finishes the answers under way and closes sockets with 1001', async () => {
    const { api: other, sample } = await startSampleApi();
    const answer = other.stranger().request('{ slow }');
    await expect.poll(() => sample.held).toBeDefined();
    const client = await other.operator('ADMIN');
    const { closed } = client.connect('subscription { happened }');
    await expect.poll(() => other.feed.size).toBe(1);
    const stopped = other.stop();
    expect(await closed).toMatchObject({ code: 1001 });
    sample.held?.();
    expect(await answer).toEqual({ slow: 'at last' });
    await stopped;
    await expect(fetch(`${other.url}/graphql`)).rejects.toThrow();
  });
});
