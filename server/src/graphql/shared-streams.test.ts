import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { execute } from '../database/query.ts';
import { MOST_IN_A_RUN } from '../events/event-runs.ts';
import { type NewEvent, recordEvents } from '../events/record-events.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { GraphqlClient, type StreamedResult } from '../testing/graphql-client.ts';
import { type Sample, startSampleApi } from '../testing/sample-api.ts';
import type { TestApi } from '../testing/test-api.ts';

/** Fast enough that no test waits for the seconds after which a stuck reader is ended. */
const TIMES = 40;
const fastClock = {
  ...systemClock,
  monotonic: () => systemClock.monotonic() * TIMES,
  after: (milliseconds: number, wake: () => void) => systemClock.after(milliseconds / TIMES, wake),
};

let api: TestApi;
let sample: Sample;

beforeAll(async () => {
  ({ api, sample } = await startSampleApi({ server: { clock: fastClock } }));
});
afterAll(() => api.stop());

const happen = (kind: string, more: Partial<NewEvent> = {}): Promise<void> =>
  api.database.transaction(system('test'), (em) =>
    recordEvents(em, [{ kind, subjectKind: 'sample', subjectId: api.ids.next(), ...more }]),
  );

type Stream = AsyncGenerator<StreamedResult<Record<string, string>>>;

/** Listens with each; the streams are open when it returns. */
async function listenAll(
  clients: readonly GraphqlClient[],
  document: string,
  variables: readonly Record<string, unknown>[] = [],
): Promise<{ next: () => Promise<(string | undefined)[]>; end: () => Promise<void> }> {
  const before = api.feed.size;
  const streams: Stream[] = clients.map((client, n) =>
    client.subscribe<Record<string, string>>(document, variables[n] ?? {}),
  );
  let firsts:
    Promise<IteratorResult<StreamedResult<Record<string, string>>, unknown>>[] | undefined =
    streams.map((stream) => stream.next());
  await expect.poll(() => api.feed.size).toBe(before + clients.length);
  return {
    async next() {
      const results = await Promise.all(firsts ?? streams.map((stream) => stream.next()));
      firsts = undefined;
      return results.map(({ done, value }) =>
        done === true ? undefined : Object.values(value.data ?? {})[0],
      );
    },
    async end() {
      await Promise.all(streams.map((stream) => stream.return(undefined)));
      await expect.poll(() => api.feed.size).toBe(before);
    },
  };
}

describe('streams of the same', () => {
  it('are executed once for all with the same roles', async () => {
    const analysts = await Promise.all([1, 2, 3].map(() => api.operator('ANALYST')));
    const admin = await api.operator('ADMIN');
    const all = await listenAll([...analysts, admin, ...analysts], 'subscription { happened }');
    for (const kind of ['sample.one', 'sample.two']) {
      const before = sample.executions;
      await happen(kind);
      expect(await all.next()).toEqual(Array.from({ length: 7 }, () => kind));
      expect(sample.executions - before).toBe(2);
    }
    await all.end();
  });

  it('tell in order what came together, however much it is, each once', async () => {
    const clients = await Promise.all([1, 2].map(() => api.operator('ANALYST')));
    const all = await listenAll(clients, 'subscription { happened }');
    const kinds = Array.from({ length: 2 * MOST_IN_A_RUN + 3 }, (_, n) => `sample.together.${n}`);
    const before = sample.executions;
    await api.database.transaction(system('test'), (em) =>
      recordEvents(
        em,
        kinds.map((kind) => ({ kind, subjectKind: 'sample', subjectId: api.ids.next() })),
      ),
    );
    for (const kind of kinds) expect(await all.next()).toEqual([kind, kind]);
    expect(sample.executions - before).toBe(kinds.length);
    await all.end();
  });

  it('are executed for each who is asked about', async () => {
    const operators = await Promise.all([1, 2, 3].map(() => api.addOperator('ANALYST')));
    const clients = await Promise.all(
      operators.map(async ({ email, password }) => {
        const client = api.stranger();
        await client.signIn(email, password);
        return client;
      }),
    );
    const all = await listenAll([...clients, ...clients], 'subscription { whoHears }');
    const ids = [...operators, ...operators].map(({ id }) => id);
    for (const kind of ['sample.one', 'sample.two', 'sample.three']) {
      await happen(kind);
      expect(await all.next()).toEqual(ids.map((id) => `${kind} ${id}`));
    }
    const before = sample.executions;
    await happen('sample.four');
    await all.next();
    expect(sample.executions - before).toBe(3);
    await all.end();
  });

  it('show each bot its own, wherever it begins', async () => {
    const [one, two] = [await api.addApiClient('BOT'), await api.addApiClient('BOT')];
    const [first, second] = [one, two].map(
      ({ key }) => new GraphqlClient({ url: api.url, apiKey: key }),
    );
    if (first === undefined || second === undefined) throw new Error('two bots');
    const { eventCursor } = await first.request<{ eventCursor: string }>('{ eventCursor }');
    await happen('own.early', { clientId: one.id });
    const document = 'subscription Own($after: String) { ownHappened(after: $after) }';
    const all = await listenAll([first, second, first], document, [
      { after: eventCursor },
      {},
      { after: eventCursor },
    ]);
    await happen('own.second', { clientId: two.id });
    const [early, own, again] = await all.next();
    expect(early).toMatch(/^own\.early /);
    expect(again).toBe(early);
    expect(own).toMatch(/^own\.second /);
    const before = sample.executions;
    await happen('own.both', { clientId: one.id });
    await happen('own.last', { clientId: two.id });
    const kinds = (await all.next()).map((told) => told?.split(' ')[0]);
    expect(kinds).toEqual(['own.both', 'own.last', 'own.both']);
    // Where a stream began does not set it apart from one that began elsewhere.
    expect(sample.executions - before).toBe(2);
    await all.end();
  });
});

describe('a stream', () => {
  it('ends when the roles of its session or key have changed', async () => {
    const { id, key } = await api.addApiClient('OPERATOR');
    const bot = new GraphqlClient({ url: api.url, apiKey: key }).connect(
      'subscription { happened }',
    );
    await expect.poll(() => api.feed.size).toBe(1);
    await execute(api.database.read(), `update api_clients set roles = '{BOT}' where id = $1`, [
      id,
    ]);
    expect(await bot.closed).toEqual({ code: 4403, reason: 'API_KEY_REVOKED' });

    const { email, password, id: operatorId } = await api.addOperator('ADMIN');
    const person = api.stranger();
    await person.signIn(email, password);
    const { closed } = person.connect('subscription { happened }');
    await expect.poll(() => api.feed.size).toBe(1);
    await execute(api.database.read(), `update operators set roles = '{ANALYST}' where id = $1`, [
      operatorId,
    ]);
    expect(await closed).toEqual({ code: 4403, reason: 'SESSION_EXPIRED' });
    await expect.poll(() => api.feed.size).toBe(0);
  });

  it('that is not read is ended; the others go on', async () => {
    const { key } = await api.addApiClient('ANALYST');
    const stuck = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const messages: string[] = [];
    let closedWith: number | undefined;
    stuck.on('open', () => stuck.send(JSON.stringify(init(key))));
    stuck.on('message', (data: Buffer) => messages.push(data.toString().slice(0, 200)));
    stuck.on('close', (code) => (closedWith = code));
    await expect.poll(() => messages.length).toBe(1);
    const query = 'subscription { largeHappened }';
    stuck.send(JSON.stringify({ type: 'subscribe', id: 's', payload: { query } }));
    await expect.poll(() => api.feed.size).toBe(1);
    stuck.pause();
    const all = await listenAll([await api.operator('ANALYST')], query);
    let sent = 0;
    // Until what the system keeps for the connection is full, and the server has given up.
    while (api.feed.size === 2 && sent < 200) {
      sent += 1;
      await happen(`large.${sent}`);
      expect((await all.next())[0]).toContain(`large.${sent}.`);
    }
    expect(api.feed.size).toBe(1);
    stuck.resume();
    await expect.poll(() => closedWith).toBe(1006);
    expect(messages.length).toBeLessThan(sent);
    await all.end();
  });
});

function init(key: string): object {
  return { type: 'connection_init', payload: { authorization: `Bearer ${key}` } };
}
