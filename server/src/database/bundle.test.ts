import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { prepared } from './bundle.ts';
import { Database } from './database.ts';
import { execute, lastly, query, queryOne } from './query.ts';

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

const WRITE = `insert into chain_cursors (name, number, id, time_ms) values ($1, $2, 'x', 1)`;
const READ = 'select number from chain_cursors where name = $1';

it('runs what is asked together in the order of asking', async () => {
  const answers = await database.transaction(system('test'), (em) =>
    Promise.all([
      queryOne<{ number: bigint }>(em, READ, ['in order']),
      execute(em, WRITE, ['in order', 1n]),
      queryOne<{ number: bigint }>(em, READ, ['in order']),
      execute(em, 'update chain_cursors set number = 2 where name = $1', ['in order']),
      queryOne<{ number: bigint }>(em, READ, ['in order']),
    ]),
  );
  expect(answers).toEqual([undefined, 1, { number: 1n }, 1, { number: 2n }]);
});

it('fails all of it with the error of the one that failed, and keeps nothing', async () => {
  const errors: unknown[] = [];
  const note = (error: unknown): void => void errors.push(error);
  const failing = database.transaction(system('test'), async (em) => {
    await Promise.all([
      execute(em, WRITE, ['half', 1n]).catch(note),
      query(em, 'select 1 / $1::int', [0]).catch(note),
      execute(em, WRITE, ['half', 2n]).catch(note),
    ]);
  });
  await expect(failing).rejects.toThrow('rolled back what was to be committed');
  expect(errors).toHaveLength(3);
  for (const error of errors) expect(error).toMatchObject({ code: '22012' });
  expect(await queryOne(database.read(), READ, ['half'])).toBeUndefined();
  expect(await queryOne<{ one: number }>(database.read(), 'select 1 as one')).toEqual({ one: 1 });
});

it('sees behind a lock what was committed while it waited', async () => {
  const lock = `select pg_advisory_xact_lock(11)`;
  const holds = Promise.withResolvers<undefined>();
  const first = database.transaction(system('test'), async (em) => {
    await query(em, lock);
    holds.resolve(undefined);
    await execute(em, WRITE, ['behind', 7n]);
  });
  await holds.promise;
  const [, seen] = await database.transaction(system('test'), (em) =>
    Promise.all([query(em, lock), queryOne<{ number: bigint }>(em, READ, ['behind'])]),
  );
  await first;
  expect(seen).toEqual({ number: 7n });
});

it('prepares a statement once on a connection, whoever asks for it and how often', async () => {
  const sql = prepared('select $1::int + 1 as next');
  const numbers = await database.transaction(system('test'), async (em) => {
    const ask = (number: number): Promise<{ next: number } | undefined> =>
      queryOne(em, sql, [number]);
    const together = await Promise.all([ask(1), ask(2)]);
    const [known] = await query<{ count: bigint }>(
      em,
      'select count(*) as count from pg_prepared_statements where statement = $1',
      [sql],
    );
    return [...together, await ask(3), known];
  });
  expect(numbers).toEqual([{ next: 2 }, { next: 3 }, { next: 4 }, { count: 1n }]);
});

it('commits with the last that is asked, if that is told', async () => {
  await database.transaction(system('test'), async (em) => {
    await lastly(em, () => execute(em, WRITE, ['last', 1n]));
    expect(await queryOne(database.read(), READ, ['last'])).toEqual({ number: 1n });
  });
});

it('keeps nothing when one of the last fails, also when its error was passed over', async () => {
  const fail = (pass: boolean): Promise<unknown> =>
    database.transaction(system('test'), async (em) => {
      const last = lastly(em, () =>
        Promise.all([execute(em, WRITE, ['late', 1n]), query(em, 'select 1 / $1::int', [0])]),
      );
      await (pass ? last.catch(() => undefined) : last);
    });
  await expect(fail(false)).rejects.toMatchObject({ code: '22012' });
  await expect(fail(true)).rejects.toThrow('rolled back what was to be committed');
  expect(await queryOne(database.read(), READ, ['late'])).toBeUndefined();
});

it('takes no statement behind the last, which would be outside of the transaction', async () => {
  const asksOn = database.transaction(system('test'), async (em) => {
    await lastly(em, () => execute(em, WRITE, ['kept', 1n]));
    await execute(em, WRITE, ['stray', 1n]);
  });
  await expect(asksOn).rejects.toThrow('behind the last');
  expect(await queryOne(database.read(), READ, ['stray'])).toBeUndefined();
  expect(await queryOne<{ one: number }>(database.read(), 'select 1 as one')).toEqual({ one: 1 });
});

it('asks none of the last when what asks them fails half way', async () => {
  const failing = database.transaction(system('test'), (em) =>
    lastly(em, () =>
      Promise.all([execute(em, WRITE, ['half way', 1n]), Promise.reject(new Error('no account'))]),
    ),
  );
  await expect(failing).rejects.toThrow('no account');
  const unwritable = database.transaction(system('test'), (em) =>
    lastly(em, () =>
      Promise.all([
        execute(em, WRITE, ['half way', 1n]),
        query(em, 'select $1::jsonb', [{ sun: 1n }]),
      ]),
    ),
  );
  await expect(unwritable).rejects.toThrow('plain');
  expect(await queryOne(database.read(), READ, ['half way'])).toBeUndefined();
});
