import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { present } from '../kernel/assert.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { openUserAccounts, systemAccount, userAccounts } from './accounts.ts';
import { type Posting, postTransfers } from './post-transfers.ts';

const actor = system('test');
const ids = new IdMaker(systemClock, systemRandom);
let test: TestDatabase;
let database: Database;
/** Somebody else, in a transaction of their own, whose locks the others have to wait for. */
let holder: pg.Client;
let users: string[];
/** Accounts of those users, the lowest id first. */
let accounts: bigint[];
let counterpart: bigint;
let references = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 4,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  counterpart = await systemAccount(database.read(), 'desk.adjustments', 'TRX');
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  // The lowest account is that of the highest user id: neither the index by users nor the table,
  // see below, has the accounts in the right order by itself.
  users = [ids.next(), ids.next(), ids.next()].toSorted().toReversed();
  await database.transaction(actor, async (em) => {
    await query(
      em,
      `insert into users (id, telegram_id)
       select id, coalesce((select max(telegram_id) from users), 0) + nr
       from unnest($1::uuid[]) with ordinality as new(id, nr)`,
      [users],
    );
    for (const user of users) await openUserAccounts(em, [user]);
  });
  const found = await userAccounts(database.read(), users, 'TRX', { lock: false });
  accounts = users.map((user) => present(found.get(user), 'accounts').available.id);
  expect(accounts).toEqual(accounts.toSorted((a, b) => (a < b ? -1 : 1)));
  await post([
    ...accounts.map((account) => ({ account, amount: 100n })),
    { account: counterpart, amount: -300n },
  ]);
  holder = new pg.Client({ connectionString: test.url });
  await holder.connect();
  await holder.query('cluster ledger_accounts using ledger_accounts_key');
  await holder.query('begin');
});
afterEach(() => holder.end());

/** One transfer in a transaction of its own. @returns how often the transaction was begun */
async function post(postings: readonly Posting[]): Promise<number> {
  const reference = String((references += 1));
  let begun = 0;
  await database.transaction(actor, async (em) => {
    begun += 1;
    await postTransfers(em, actor, [{ kind: 'adjustment', reference, postings }]);
  });
  return begun;
}

/** Takes the locks of those accounts that nobody holds. @returns which these were */
async function takeFree(wanted: readonly bigint[]): Promise<bigint[]> {
  const { rows } = await holder.query<{ id: string }>(
    `select id from ledger_accounts where id = any($1::bigint[]) order by id
     for no key update skip locked`,
    [wanted],
  );
  return rows.map(({ id }) => BigInt(id));
}

/** Until so many transactions wait for a lock. */
async function waiting(count: number): Promise<void> {
  await waitUntil(`${count} wait for a lock`, async () => {
    // Within a transaction PostgreSQL shows what it showed before.
    await holder.query('select pg_stat_clear_snapshot()');
    const { rows } = await holder.query<{ waiting: string }>(
      `select count(*) as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]?.waiting === String(count);
  });
}

function account(place: 0 | 1 | 2): bigint {
  return present(accounts[place], 'account');
}

describe('the locks of the accounts', () => {
  it('let two move between the same accounts in opposite order, none of them twice', async () => {
    const [first, middle, last] = [account(0), account(1), account(2)];
    // Both have to pass the middle one: with the first locked by one and the last by the other,
    // neither could go on.
    expect(await takeFree([middle])).toEqual([middle]);
    const there = post([
      { account: first, amount: -30n },
      { account: middle, amount: 10n },
      { account: last, amount: 20n },
    ]);
    const back = post([
      { account: last, amount: -3n },
      { account: middle, amount: 1n },
      { account: first, amount: 2n },
    ]);
    await waiting(2);
    await holder.query('commit');
    expect(await Promise.all([there, back])).toEqual([1, 1]);
    const found = await userAccounts(database.read(), users, 'TRX', { lock: false });
    expect(users.map((user) => found.get(user)?.available.balance)).toEqual([72n, 111n, 117n]);
  });

  it('are taken from the lowest id on, whatever order they are named in', async () => {
    const [first, middle, last] = [account(0), account(1), account(2)];
    await takeFree([first]);
    const posted = post([
      { account: last, amount: -2n },
      { account: middle, amount: 1n },
      { account: first, amount: 1n },
    ]);
    await waiting(1);
    expect(await takeFree([middle, last])).toEqual([middle, last]);
    await holder.query('commit');
    expect(await posted).toBe(1);
  });

  it("are users' first, and then the system's", async () => {
    expect(counterpart < account(0)).toBe(true);
    await takeFree([account(0)]);
    const posted = post([
      { account: counterpart, amount: -1n },
      { account: account(0), amount: 1n },
    ]);
    await waiting(1);
    expect(await takeFree([counterpart])).toEqual([counterpart]);
    await holder.query('commit');
    expect(await posted).toBe(1);
  });

  it('are taken in the same order by those who only want to keep them as they are', async () => {
    await takeFree([account(0)]);
    const keep = (em: EntityManager) => userAccounts(em, users.toReversed(), 'TRX', { lock: true });
    const kept = database.transaction(actor, keep);
    await waiting(1);
    expect(await takeFree(accounts.slice(1))).toEqual(accounts.slice(1));
    await holder.query('commit');
    expect((await kept).size).toBe(3);
  });
});
