import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { Database } from './database.ts';
import { query } from './query.ts';

const ANSWERS = 300;
const MEGABYTE = 1_048_576;

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 1,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('lets go of an answer that was read, without a collection of the whole heap', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major' | 'minor' }) => void;
  const read = () =>
    query(
      database.read(),
      `select n, repeat('x', 500) || n as text from generate_series(1, 200) n`,
    );
  for (let n = 0; n < ANSWERS / 3; n += 1) await read();
  collect({ type: 'major' });
  const before = getHeapStatistics().used_heap_size;
  for (let n = 0; n < ANSWERS; n += 1) {
    await read();
    if (n % 10 === 9) collect({ type: 'minor' });
  }
  const kept = getHeapStatistics().used_heap_size - before;
  // Of some 50 MB.
  expect(kept / MEGABYTE).toBeLessThan(10);
});
