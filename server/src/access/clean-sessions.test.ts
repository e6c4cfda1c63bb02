import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { cleanSessions } from './clean-sessions.ts';

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 2,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

it('forgets sessions that have been over for a month, and no others', async () => {
  const operator = randomUUID();
  await query(
    database.read(),
    `insert into operators (id, email, name, password_hash, roles) values ($1, 'a@b', 'Ada', '', '{}')`,
    [operator],
  );
  const session = async (expires: string, ended: string | null) => {
    const id = randomUUID();
    await query(
      database.read(),
      `insert into sessions (id, operator_id, token_hash, csrf_hash, expires_at, ended_at)
       values ($1, $2, $3, $3, now() + $4::interval, now() + $5::interval)`,
      [id, operator, randomBytes(32), expires, ended],
    );
    return id;
  };
  const kept = [
    await session('1 hour', null),
    await session('-29 days', null),
    await session('1 hour', '-29 days'),
  ];
  await session('-31 days', null);
  await session('1 hour', '-31 days');
  expect(await database.transaction(system('test'), cleanSessions)).toBe(2);
  const left = await query<{ id: string }>(database.read(), 'select id from sessions');
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set(kept));
});
