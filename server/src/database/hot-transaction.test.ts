import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { prepared } from './bundle.ts';
import { Database, type EntityManager } from './database.ts';
import { query } from './query.ts';

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

const LOOK = prepared('select id from orders where id = any($1::uuid[])');
const NOBODY = '018f0000-0000-7000-8000-000000000000';

/** What the connection has prepared of it, and how often it was planned for its values alone. */
async function look(em: EntityManager): Promise<{ once: bigint; anew: bigint }[]> {
  await query(em, LOOK, [[NOBODY]]);
  return query(
    em,
    `select generic_plans as once, custom_plans as anew from pg_prepared_statements
     where statement = $1`,
    [LOOK],
  );
}

it('plans a prepared statement once a connection, and in others as PostgreSQL will', async () => {
  const actor = system('test');
  await database.hotTransaction(actor, look);
  expect(await database.hotTransaction(actor, look)).toEqual([{ once: 2n, anew: 0n }]);
  expect(await database.transaction(actor, look)).toEqual([{ once: 2n, anew: 1n }]);
});

it('reads no table whole that has an index, however small it is', async () => {
  const explain = async (em: EntityManager): Promise<string> => {
    const rows = await query<Record<string, string>>(
      em,
      `explain select id from orders where state = 'PENDING' and id = any('{${NOBODY}}'::uuid[])`,
    );
    return rows.flatMap((row) => Object.values(row)).join('\n');
  };
  expect(await database.hotTransaction(system('test'), explain)).not.toContain('Seq Scan');
});
