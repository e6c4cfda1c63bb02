import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute, query } from '../database/query.ts';
import { Database } from '../database/database.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { compareCursors, type DeskEvent, formatCursor, parseCursor } from './event.ts';
import { EventFeed } from './event-feed.ts';
import { readEventHead, readEvents } from './read-events.ts';
import { type NewEvent, recordEvents } from './record-events.ts';

const QUEUE = 20;
const ACTOR = system('test');
let api: TestApi;
let database: Database;

beforeAll(async () => {
  api = await startTestApi({ queueSize: QUEUE });
  database = api.database;
});
afterAll(() => api.stop());

const newEvent = (kind: string, more: Partial<NewEvent> = {}): NewEvent => ({
  kind,
  subjectKind: 'sample',
  subjectId: api.ids.next(),
  ...more,
});
const happen = (...events: NewEvent[]): Promise<void> =>
  database.transaction(ACTOR, (em) => recordEvents(em, events));
const now = () => readEventHead(database.read());
const kindsOf = (events: readonly DeskEvent[]): string[] => events.map(({ kind }) => kind);

async function take(stream: AsyncIterable<DeskEvent>, count: number): Promise<DeskEvent[]> {
  const taken: DeskEvent[] = [];
  for await (const event of stream) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

/** Runs `meanwhile` while a transaction that has already written its event stays open. */
async function whileOpen(event: NewEvent, meanwhile: () => Promise<void>): Promise<void> {
  await database.transaction(ACTOR, async (em) => {
    await recordEvents(em, [event]);
    await meanwhile();
  });
}

describe('reading by cursor', () => {
  it('waits for transactions that may still commit before what it has seen', async () => {
    const start = await now();
    await whileOpen(newEvent('late.one'), async () => {
      await happen(newEvent('early.two'));
      expect((await readEvents(database.read(), start, {}, 10)).events).toEqual([]);
    });
    const { events } = await readEvents(database.read(), start, {}, 10);
    expect(kindsOf(events)).toEqual(['late.one', 'early.two']);
  });

  it('counts transactions as numbers: the tenth comes after the ninth', async () => {
    const subjectId = api.ids.next();
    await database.transaction(ACTOR, (em) =>
      execute(
        em,
        `insert into events (xid, kind, subject_kind, subject_id)
         values ('9'::xid8, 'ninth', 'sample', $1), ('10'::xid8, 'tenth', 'sample', $1)`,
        [subjectId],
      ),
    );
    const beginning = { xid: 0n, position: 0n };
    const selection = { subjectIds: [subjectId] };
    const { events, end } = await readEvents(database.read(), beginning, selection, 1);
    expect(kindsOf(events)).toEqual(['ninth']);
    expect(kindsOf((await readEvents(database.read(), end, selection, 1)).events)).toEqual([
      'tenth',
    ]);
  });

  it('pages without gap and double, and selects', async () => {
    const start = await now();
    const subjectId = api.ids.next();
    await happen(
      newEvent('order.completed', { subjectId }),
      newEvent('order_x.completed'),
      newEvent('wallet.paused', { subjectId, payload: { sun: '5' } }),
      newEvent('order.failed'),
    );
    const first = await readEvents(database.read(), start, {}, 3);
    expect(first.hasMore).toBe(true);
    const rest = await readEvents(database.read(), first.end, {}, 3);
    expect(kindsOf([...first.events, ...rest.events])).toEqual([
      'order.completed',
      'order_x.completed',
      'wallet.paused',
      'order.failed',
    ]);
    expect(rest.hasMore).toBe(false);
    const select = async (selection: object): Promise<string[]> =>
      kindsOf((await readEvents(database.read(), start, selection, 10)).events);
    expect(await select({ kinds: ['order.*'] })).toEqual(['order.completed', 'order.failed']);
    expect(await select({ kinds: ['wallet.paused', 'nothing'] })).toEqual(['wallet.paused']);
    expect(await select({ subjectIds: [subjectId] })).toEqual(['order.completed', 'wallet.paused']);
  });

  it('takes only cursors that it gave', () => {
    const cursor = { xid: 12_345n, position: 67n };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    expect(() => parseCursor('nonsense')).toThrow('cursor');
    expect(() => parseCursor(Buffer.from('1.2;drop').toString('base64url'))).toThrow('cursor');
  });
});

describe('the live feed', () => {
  it('replays and goes on live, with writers all the while', async () => {
    const after = await now();
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let turn = 0; turn < 15; turn += 1) {
        await whileOpen(newEvent(`busy.${writer}`), async () => {
          await query(database.read(), 'select pg_sleep(0.002)');
        });
      }
    });
    const early = take(api.feed.subscribe({ kinds: ['busy.*'], after }), 60);
    await Promise.all(writers.slice(0, 2));
    const late = take(api.feed.subscribe({ kinds: ['busy.*'], after }), 60);
    await Promise.all(writers);
    const { events } = await readEvents(database.read(), after, { kinds: ['busy.*'] }, 200);
    const cursors = (seen: readonly DeskEvent[]): string[] =>
      seen.map(({ cursor }) => formatCursor(cursor));
    expect(events).toHaveLength(60);
    expect(cursors(await early)).toEqual(cursors(events));
    expect(cursors(await late)).toEqual(cursors(events));
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      if (before) expect(compareCursors(before.cursor, event.cursor)).toBeLessThan(0);
    }
    await expect.poll(() => api.feed.size).toBe(0);
  });

  it('replays more than a queue holds', async () => {
    const after = await now();
    const many = Array.from({ length: QUEUE * 3 }, (_, index) => newEvent(`many.${index}`));
    await happen(...many);
    const seen = await take(api.feed.subscribe({ kinds: ['many.*'], after }), many.length);
    expect(kindsOf(seen)).toEqual(many.map(({ kind }) => kind));
  });

  it('closes a reader that lags, and tells it where to go on', async () => {
    const stream = api.feed.subscribe({ kinds: ['flood.*'] });
    await happen(newEvent('flood.first'));
    expect((await stream.next()).value).toMatchObject({ kind: 'flood.first' });
    const quick = api.feed.subscribe({ kinds: ['flood.*'] });
    const others = Array.from({ length: QUEUE }, (_, index) => newEvent(`flood.${index}`));
    await happen(...others);
    await quick.next();
    await happen(newEvent('flood.last'));
    await take(quick, QUEUE);
    const refusal: unknown = await stream.next().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    const { details } = refusal as { details: { after: string } };
    const again = api.feed.subscribe({ kinds: ['flood.*'], after: parseCursor(details.after) });
    expect(kindsOf(await take(again, others.length + 1))).toEqual([
      ...kindsOf(others as unknown as DeskEvent[]),
      'flood.last',
    ]);
    expect(api.feed.size).toBe(0);
  });

  it('ends a stream by its signal, and lets go of it', async () => {
    const controller = new AbortController();
    const stream = api.feed.subscribe({ signal: controller.signal });
    const next = stream.next();
    expect(api.feed.size).toBe(1);
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(api.feed.size).toBe(0);
    const late = api.feed.subscribe({ signal: controller.signal });
    expect(await late.next()).toEqual({ done: true, value: undefined });
    expect(api.feed.size).toBe(0);
  });

  it('reads at once when it is woken', async () => {
    const standingClock = { ...systemClock, after: () => ({ cancel: () => undefined }) };
    const feed = new EventFeed({
      database,
      clock: standingClock,
      log: pino({ level: 'silent' }),
    });
    await feed.start();
    const stream = feed.subscribe({ kinds: ['woken.*'] });
    const next = stream.next();
    await happen(newEvent('woken.up'));
    // The first read may still be under way: it is woken until it has read.
    await expect
      .poll(() => {
        feed.wake();
        return Promise.race([next, Promise.resolve(undefined)]);
      })
      .toMatchObject({ value: { kind: 'woken.up' } });
    await feed.stop();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});

describe('the query `events`', () => {
  const EVENTS = `query Events($after: String, $filter: EventFilter, $first: Int) {
    events(after: $after, filter: $filter, first: $first) {
      events { cursor kind subjectKind subjectId at payload } endCursor hasMore
    }
  }`;
  interface Page {
    events: { events: { kind: string; cursor: string }[]; endCursor: string; hasMore: boolean };
  }

  it('shows an API client its own and an operator everything', async () => {
    const analyst = await api.operator('ANALYST');
    const mine = await api.apiClient('BOT');
    const { viewer } = await mine.request<{ viewer: { id: string } }>(
      '{ viewer { ... on ApiClient { id } } }',
    );
    const { eventCursor } = await analyst.request<{ eventCursor: string }>('{ eventCursor }');
    const other = await api.addApiClient('BOT');
    await happen(
      newEvent('scope.mine', { clientId: viewer.id, payload: { to: 'COMPLETED' } }),
      newEvent('scope.other', { clientId: other.id }),
      newEvent('scope.desk'),
    );
    const variables = { after: eventCursor, filter: { kinds: ['scope.*'] } };
    const all = await analyst.request<Page>(EVENTS, variables);
    expect(all.events.events.map(({ kind }) => kind)).toEqual([
      'scope.mine',
      'scope.other',
      'scope.desk',
    ]);
    const own = await mine.request<Page>(EVENTS, variables);
    expect(own.events.events).toMatchObject([
      { kind: 'scope.mine', payload: { to: 'COMPLETED' }, subjectKind: 'sample' },
    ]);
    const rest = await mine.request<Page>(EVENTS, { after: own.events.endCursor });
    expect(rest.events).toMatchObject({ events: [], hasMore: false });
  });

  it.each([
    [{ after: 'x' }, 'after'],
    [{ first: 0 }, 'first'],
    [{ first: 201 }, 'first'],
    [{ filter: { subjectIds: ['x'] } }, 'filter.subjectIds'],
  ])('says what is wrong with %j', async (variables, field) => {
    const { errors } = await (await api.operator('ANALYST')).ask(EVENTS, variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', field });
  });

  it('misses nothing between a list and the stream after it', async () => {
    const analyst = await api.operator('ANALYST');
    for (let round = 0; round < 10; round += 1) {
      const kind = `between.${round}`;
      const [{ eventCursor }] = await Promise.all([
        analyst.request<{ eventCursor: string }>('{ eventCursor }'),
        execute(database.read(), 'select 1'),
      ]);
      await happen(newEvent(kind));
      const stream = api.feed.subscribe({ kinds: [kind], after: parseCursor(eventCursor) });
      expect(kindsOf(await take(stream, 1))).toEqual([kind]);
    }
  });
});
