import { expectBooksAndChainAgree } from '../testing/books.ts';
import { waitUntil } from '../testing/wait-until.ts';
import type { DepositUser, SentPayment } from './deposit-payers.ts';
import type { House } from './house.ts';

/** Waits until the desk has read every block up to the head of now. */
export async function readEverything(house: House): Promise<void> {
  const { chain } = house.devnet;
  const { number } = chain.head;
  await waitUntil('the payments are solid', () => chain.solid >= number);
  for (let patience = 0; ; patience += 1) {
    try {
      await waitUntil('the desk has read them', async () => {
        const { rows } = await house.sql
          .query<{ number: string }>(`select number from chain_cursors where name = 'solid'`)
          .catch(() => ({ rows: [] }));
        return Number(rows[0]?.number ?? 0) >= number;
      });
      return;
    } catch (error) {
      if (patience === 5) throw error;
    }
  }
}

/** What users have, by Telegram id and currency, in micro-units. */
export async function balancesOf(
  house: House,
  users: readonly DepositUser[],
): Promise<Map<string, bigint>> {
  const { rows } = await house.sql.query<{ telegram_id: string; asset: string; balance: string }>(
    `select u.telegram_id, a.asset, a.balance from ledger_accounts a join users u on u.id = a.user_id
     where a.code = 'user.available' and u.telegram_id = any($1::bigint[])`,
    [[...new Set(users.map(({ telegramId }) => telegramId))]],
  );
  return new Map(rows.map((row) => [`${row.telegram_id} ${row.asset}`, BigInt(row.balance)]));
}

/**
 * Judges a desk that has read everything: the books against themselves and the chain's own record,
 * and every user credited with just what the chain says was paid to them.
 * @param before what they had; nothing unless told
 * @returns how many payments were credited
 * @throws with a sentence for each break
 */
export async function judgeDeposits(
  house: House,
  payments: readonly SentPayment[],
  before: ReadonlyMap<string, bigint> = new Map(),
): Promise<number> {
  await house.withDatabase((database) => expectBooksAndChainAgree(database, house.devnet.url));
  const has = await balancesOf(
    house,
    payments.map(({ user }) => user),
  );
  const due = new Map(before);
  for (const { user, currency, credit } of payments) {
    const key = `${user.telegramId} ${currency}`;
    due.set(key, (due.get(key) ?? 0n) + credit);
  }
  const problems = [...due].flatMap(([key, amount]) =>
    (has.get(key) ?? 0n) === amount
      ? []
      : [`user ${key}: ${amount} were paid, ${has.get(key) ?? 0n} are there`],
  );
  const { rows: credited } = await house.sql.query<{ txid: string; times: number }>(
    `select d.txid, count(t.id)::int as times
     from deposits d left join ledger_transfers t on t.kind = 'deposit' and t.reference = d.id::text
     where d.state = 'CREDITED' and d.txid = any($1::text[]) group by d.txid`,
    [payments.map(({ txid }) => txid)],
  );
  const times = new Map(credited.map((row) => [row.txid, row.times]));
  for (const { txid, credit } of payments) {
    const found = times.get(txid) ?? 0;
    if (found !== (credit > 0n ? 1 : 0)) problems.push(`${txid} was credited ${found} times`);
  }
  if (problems.length > 0) throw new Error(problems.slice(0, 20).join('; '));
  return credited.length;
}
