import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { type Break, BreakableProxy } from '../testing/breakable-proxy.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { isDisconnected } from './database-errors.ts';
import { Database } from './database.ts';
import { query, queryOne } from './query.ts';

const actor = system('test');
const POOL = 2;

let test: TestDatabase;
let proxy: BreakableProxy;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test.drop();
});
beforeEach(async () => {
  proxy = await BreakableProxy.start(test.url);
  database = await Database.connect({
    url: proxy.url,
    poolSize: POOL,
    entities: [],
    clock: systemClock,
    random: systemRandom,
    timeoutMs: 2_000,
  });
});
afterEach(async () => {
  proxy.heal();
  await database.close();
  await proxy.stop();
});

const work = (): Promise<number | undefined> =>
  database.transaction(actor, async (em) => {
    await query(em, `select 'the work'`);
    await query(
      em,
      `insert into chain_cursors (name, number, id, time_ms)
                     values (gen_random_uuid()::text, 1, 'x', 1)`,
    );
    return (await queryOne<{ one: number }>(em, 'select 1 as one'))?.one;
  });

async function expectHealthy(): Promise<void> {
  proxy.heal();
  expect(await Promise.all(Array.from({ length: POOL * 3 }, work))).toEqual(
    Array.from({ length: POOL * 3 }, () => 1),
  );
}

describe.each<Break>(['cut', 'reset', 'stall'])('a connection that breaks (%s)', (how) => {
  it.each([
    ['at its first byte', undefined, false],
    ['at begin', 'begin', false],
    ['after begin', 'begin', true],
    // It is parsed by then, and has the actor as its value.
    ['at the first statement', 'SYSTEM', false],
    ['in the work', 'the work', false],
    ['after a statement of the work', 'the work', true],
    ['at a write', 'insert into', true],
    ['at commit', 'commit', false],
    ['after commit, whose outcome is unknown', 'commit', true],
  ])('%s: is told within the bound, and the pool is well again', async (_, at, heard) => {
    if (at !== undefined) await work();
    proxy.breakAt({ how, at, heard });
    const errors = await Promise.all(
      Array.from({ length: POOL + 1 }, () => work().catch((error: unknown) => error)),
    );
    expect(proxy.broken).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect({ error: String(error), away: isDisconnected(error) }).toMatchObject({ away: true });
    }
    await expectHealthy();
  });

  it('while it waits in the pool: nobody waits for ever', async () => {
    await Promise.all([work(), work()]);
    proxy.breakAt({ how, at: undefined, heard: false });
    const ping = await database.ping();
    expect(ping).toMatchObject({ up: false, detail: 'cannot be reached' });
    await expectHealthy();
    expect((await database.ping()).up).toBe(true);
  });
});
