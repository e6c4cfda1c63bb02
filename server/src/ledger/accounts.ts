import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { Currency } from '../kernel/money.ts';
import type { AccountCode } from './chart.ts';

export interface UserAccounts {
  readonly available: { readonly id: bigint; readonly balance: bigint };
  readonly held: { readonly id: bigint; readonly balance: bigint };
}

interface AccountRow {
  id: bigint;
  code: AccountCode;
  user_id: string;
  balance: bigint;
}

/** Opens every account of the chart for new users; does nothing for those who have them. */
export async function openUserAccounts(
  em: EntityManager,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length > 0) await query(em, 'select open_user_accounts($1::uuid[])', [userIds]);
}

const READ = prepared(
  `select id, code, user_id, balance from ledger_accounts
   where user_id = any($1::uuid[]) and asset = $2`,
);
const LOCK = prepared('select * from lock_user_accounts($1::uuid[], $2)');

/**
 * The users' accounts in one asset with their balances. With `lock`, they stay as they are until the
 * transaction ends; the lock order is that of `post_transfers`.
 */
export async function userAccounts(
  em: EntityManager,
  userIds: readonly string[],
  asset: Currency,
  options: { readonly lock: boolean },
): Promise<Map<string, UserAccounts>> {
  const rows = await query<AccountRow>(em, options.lock ? LOCK : READ, [userIds, asset]);
  const accounts = new Map(rows.map((row) => [`${row.user_id} ${row.code}`, row]));
  return new Map(
    userIds.map((userId) => [
      userId,
      {
        available: present(accounts.get(`${userId} user.available`), 'available account'),
        held: present(accounts.get(`${userId} user.held`), 'held account'),
      },
    ]),
  );
}

/** The one account of the system with this code and asset. */
export async function systemAccount(
  em: EntityManager,
  code: AccountCode,
  asset: Currency,
): Promise<bigint> {
  const [row] = await query<{ id: bigint }>(
    em,
    'select id from ledger_accounts where code = $1 and asset = $2 and user_id is null',
    [code, asset],
  );
  return present(row, `account ${code}`).id;
}
