import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { heldMoney } from '../orders/held-money.ts';
import { Factory, type MadeOrder, type MadeUser } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';

let test: TestDatabase;
let database: Database;
let user: MadeUser;
let open: MadeOrder;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await Database.connect({
    url: test.url,
    poolSize: 4,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  const make = new Factory(database);
  user = await make.user({ sun: 500_000_000n });
  const wallet = await make.wallet();
  open = await make.order({ user, wallets: [wallet], priceSun: 4_000_000n });
  for (const state of ['PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'REFUNDED'] as const) {
    await make.order({ user, wallets: [wallet], state });
  }
  await make.order({ user, wallets: [wallet], state: 'COMPLETED', solid: true });
  await make.order({ user, wallets: [wallet], state: 'COMPLETED', solid: true, reclaimed: true });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

class Undo extends Error {}

/** What the check says about the books after someone with the owner's rights has been at them. */
async function toldAfter(...tampering: string[]): Promise<readonly string[]> {
  let told: readonly string[] = [];
  const work = database.transaction(system('thief'), async (em) => {
    await query(em, 'set local role none');
    await query(em, 'set local session_replication_role = replica');
    for (const sql of tampering) await query(em, sql);
    told = (await checkBooks(em, [heldMoney])).breaks;
    throw new Undo();
  });
  await expect(work).rejects.toThrow(Undo);
  return told;
}

const ofUser = (code: string): string =>
  `(select id from ledger_accounts where code = '${code}' and asset = 'TRX' and user_id = '${user.id}')`;

describe('books of every kind of order', () => {
  it('balance', async () => {
    const report = await checkBooks(database.read(), [heldMoney]);
    expect(report).toMatchObject({ balanced: true, breaks: [] });
    expect(report.entries).toBeGreaterThan(10n);
  });
});

describe('broken books', () => {
  it('tell money that was made up on an account', async () => {
    const told = await toldAfter(
      `update ledger_accounts set balance = balance + 5 where id = ${ofUser('user.available')}`,
    );
    expect(told).toEqual([
      'The balances of all TRX accounts sum to 5 sun instead of 0.',
      expect.stringMatching(
        /^Account \d+ \(user\.available TRX of user .*\) has a balance of \d+, but its entries sum to \d+ sun\.$/,
      ),
      expect.stringMatching(/has a balance of \d+, but its last entry left \d+ sun\.$/),
    ]);
  });

  it('tell an entry that was changed, wherever it shows', async () => {
    const told = await toldAfter(
      `update ledger_entries set amount = amount - 1
       where account_id = ${ofUser('user.available')} and position = 2`,
    );
    expect(told).toEqual([
      'All TRX entries sum to -1 sun instead of 0.',
      expect.stringMatching(
        new RegExp(
          `^Transfer \\d+ \\(order\\.hold of ${open.id}\\) moves -1 sun more in than out\\.$`,
        ),
      ),
      expect.stringContaining('but its entries sum to'),
      expect.stringContaining('jumps at position 2'),
    ]);
  });

  it('tell an entry that was removed from the middle', async () => {
    const told = await toldAfter(
      `delete from ledger_entries where account_id = ${ofUser('user.available')} and position = 2`,
    );
    expect(told).toHaveLength(6);
    expect(told).toContainEqual(expect.stringContaining('has gaps between its entries'));
    expect(told).toContainEqual(expect.stringMatching(/counts (\d+) entries and has \d+\.$/));
    expect(told).toContainEqual(expect.stringContaining('jumps at position 3'));
  });

  it('tell a whole transfer that was removed, entries and balances and all', async () => {
    const transfer = `(select id from ledger_transfers where kind = 'order.hold' and reference = '${open.id}')`;
    const told = await toldAfter(
      `update ledger_accounts a set balance = balance - e.amount, entries = entries - 1
       from ledger_entries e where e.account_id = a.id and e.transfer_id = ${transfer}`,
      `delete from ledger_entries where transfer_id = ${transfer}`,
      `delete from ledger_transfers where id = ${transfer}`,
    );
    expect(told).toContainEqual(expect.stringContaining('has gaps between its entries'));
    expect(told).toContainEqual(
      expect.stringMatching(/^User .* has \d+ sun held, but open orders and withdrawals of \d+\.$/),
    );
  });

  it('tell a transfer without entries', async () => {
    const told = await toldAfter(
      `insert into ledger_transfers (kind, reference, actor, at)
       values ('order.hold', 'nothing', 'SYSTEM::thief', now())`,
    );
    expect(told).toEqual([
      expect.stringMatching(/^Transfer \d+ \(order\.hold of nothing\) has no entries\.$/),
    ]);
  });

  it('tell a user below zero', async () => {
    const told = await toldAfter(
      'alter table ledger_accounts drop constraint user_balance_not_negative',
      `update ledger_accounts set balance = -7 where id = ${ofUser('user.available')}`,
      `update ledger_entries set balance_after = -7
       where account_id = ${ofUser('user.available')} and position = 1`,
    );
    expect(told).toContainEqual(expect.stringMatching(/\) is negative: -7 sun\.$/));
    expect(told).toContainEqual(expect.stringMatching(/was negative at position 1: -7 sun\.$/));
  });

  it('tell an account that lost its user', async () => {
    const told = await toldAfter(
      `update ledger_accounts set user_id = null where id = ${ofUser('user.held')}`,
    );
    expect(told).toContainEqual(expect.stringContaining('does not belong to whom its code says'));
  });

  it.each([
    ['whose price was changed', 'price_sun = price_sun + 1'],
    ['that was closed without its money', `state = 'REFUNDED'`],
    ['that took its revenue in name only', `state = 'COMPLETED', revenue_at = now()`],
  ])('tell an order %s', async (_, change) => {
    const told = await toldAfter(`update orders set ${change} where id = '${open.id}'`);
    expect(told).toEqual([
      expect.stringMatching(
        new RegExp(`^User ${user.id} has \\d+ sun held, but open orders and withdrawals of`),
      ),
    ]);
  });

  it('tell how many more when there are very many', async () => {
    const told = await toldAfter(
      `insert into ledger_transfers (kind, reference, actor, at)
       select 'made up', n::text, 'SYSTEM::thief', now() from generate_series(1, 1234) n`,
    );
    expect(told).toHaveLength(1_001);
    expect(told.at(-1)).toBe('… and 234 more: a transfer has entries.');
  });
});
