import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { NotFound } from '../kernel/domain-error.ts';
import type { Currency } from '../kernel/money.ts';
import { type EntryRow, SELECT_ENTRIES } from './entry-rows.ts';

export interface StatementPage {
  /** Entries wanted, at least 1. */
  readonly first: number;
  /** The position of the last entry already seen; null begins at the newest. */
  readonly after: bigint | null;
}

/**
 * Entries of one account, newest first: one more than asked for when there are more. The keyset is
 * (account, position), so a page costs the same however long the history is.
 */
export function accountStatement(
  em: EntityManager,
  accountId: bigint,
  page: StatementPage,
): Promise<EntryRow[]> {
  return query<EntryRow>(
    em,
    `${SELECT_ENTRIES}
     where e.account_id = $1 and ($2::bigint is null or e.position < $2)
     order by e.position desc limit $3`,
    [accountId, page.after, page.first + 1],
  );
}

/** Like {@link accountStatement}, for what the user can spend in one currency. */
export async function userStatement(
  em: EntityManager,
  userId: string,
  asset: Currency,
  page: StatementPage,
): Promise<EntryRow[]> {
  const account = await queryOne<{ id: bigint }>(
    em,
    `select id from ledger_accounts
     where code = 'user.available' and asset = $2 and user_id = $1`,
    [userId, asset],
  );
  return account === undefined ? [] : accountStatement(em, account.id, page);
}

/** @throws NotFound when there is no account with this id */
export async function requireAccount(em: EntityManager, accountId: string): Promise<bigint> {
  const found = /^\d{1,18}$/.test(accountId)
    ? await queryOne<{ id: bigint }>(em, 'select id from ledger_accounts where id = $1', [
        BigInt(accountId),
      ])
    : undefined;
  if (found === undefined) {
    throw new NotFound('There is no ledger account with this id.', { field: 'input.accountId' });
  }
  return found.id;
}
