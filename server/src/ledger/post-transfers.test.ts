import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openUserAccounts, systemAccount, userAccounts } from './accounts.ts';
import { postTransfers } from './post-transfers.ts';

const actor = system('test');
let test: TestDatabase;
let database: Database;
let telegramId = 0n;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 4,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function newUser(): Promise<string> {
  const id = new IdMaker(systemClock, systemRandom).next();
  const mine = (telegramId += 1n);
  await database.transaction(actor, async (em) => {
    await query(em, 'insert into users (id, telegram_id) values ($1, $2)', [id, mine]);
    await openUserAccounts(em, [id]);
  });
  return id;
}

async function give(userId: string, amount: bigint, reference: string): Promise<void> {
  await database.transaction(actor, async (em) => {
    const accounts = await userAccounts(em, [userId], 'TRX', { lock: false });
    const account = accounts.get(userId)?.available.id ?? 0n;
    const counterpart = await systemAccount(em, 'desk.adjustments', 'TRX');
    await postTransfers(em, actor, [
      {
        kind: 'adjustment',
        reference,
        postings: [
          { account, amount },
          { account: counterpart, amount: -amount },
        ],
      },
    ]);
  });
}

async function balance(userId: string): Promise<bigint | undefined> {
  const accounts = await userAccounts(database.read(), [userId], 'TRX', { lock: false });
  return accounts.get(userId)?.available.balance;
}

describe('the books', () => {
  it('move money between two accounts and keep the balance after each entry', async () => {
    const user = await newUser();
    await give(user, 5_000_000n, 'first');
    await give(user, -2_000_000n, 'second');
    expect(await balance(user)).toBe(3_000_000n);
    const entries = await query<{ amount: bigint; balance_after: bigint; position: bigint }>(
      database.read(),
      `select amount, balance_after, position from ledger_entries e
       join ledger_accounts a on a.id = e.account_id where a.user_id = $1 order by position`,
      [user],
    );
    expect(entries).toEqual([
      { amount: 5_000_000n, balance_after: 5_000_000n, position: 1n },
      { amount: -2_000_000n, balance_after: 3_000_000n, position: 2n },
    ]);
  });

  it('let a movement happen once', async () => {
    const user = await newUser();
    await give(user, 1n, 'only once');
    await expect(give(user, 1n, 'only once')).rejects.toThrow(/ledger_transfers_once/);
    expect(await balance(user)).toBe(1n);
  });

  it('refuse a balance below zero and a transfer that does not balance', async () => {
    const user = await newUser();
    await expect(give(user, -1n, 'overdraft')).rejects.toThrow(/user_balance_not_negative/);
    await expect(
      database.transaction(actor, async (em) => {
        const account = await systemAccount(em, 'chain.deposits', 'TRX');
        const transfer = { kind: 'made up', reference: '1', postings: [{ account, amount: 1n }] };
        await postTransfers(em, actor, [transfer]);
      }),
    ).rejects.toThrow(/does not balance/);
  });

  it('cannot be written by anything but post_transfers, nor changed afterwards', async () => {
    const writes = [
      'update ledger_accounts set balance = 3',
      `insert into ledger_accounts (code, asset) values ('desk.adjustments', 'TRX')`,
      'update ledger_entries set amount = 3',
      'delete from ledger_transfers',
      'truncate ledger_entries',
    ];
    for (const write of writes) {
      await expect(database.transaction(actor, (em) => query(em, write))).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  it('stay right when many write to the same accounts at once', async () => {
    const users = await Promise.all(Array.from({ length: 4 }, newUser));
    await Promise.all(
      users.flatMap((user) =>
        Array.from({ length: 10 }, (_, index) => give(user, 10n, `${user} ${index}`)),
      ),
    );
    expect(await Promise.all(users.map(balance))).toEqual([100n, 100n, 100n, 100n]);
    const sums = await query<{ sum: string }>(
      database.read(),
      'select sum(balance) from ledger_accounts group by asset',
    );
    expect(sums.every(({ sum }) => sum === '0')).toBe(true);
  });
});
