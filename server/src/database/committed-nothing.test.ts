import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { Database } from './database.ts';
import { query, queryOne } from './query.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 2,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const WRITE = `insert into chain_cursors (name, number, id, time_ms) values ($1, 1, 'x', 1)`;

it('a transaction whose failed statement was passed over does not count as committed', async () => {
  const careless = database.transaction(system('test'), async (em) => {
    await query(em, WRITE, ['careless']);
    await query(em, 'select 1 / 0').catch(() => undefined);
  });
  await expect(careless).rejects.toThrow('rolled back what was to be committed');
  const kept = await queryOne(database.read(), 'select from chain_cursors');
  expect(kept).toBeUndefined();
});

it('and the connection goes on to be of use', async () => {
  await database.transaction(system('test'), (em) => query(em, WRITE, ['careful']));
  const kept = await queryOne(database.read(), 'select name from chain_cursors');
  expect(kept).toEqual({ name: 'careful' });
});
