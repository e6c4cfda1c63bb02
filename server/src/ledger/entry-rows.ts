import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';

/** One line of a transfer, with the transfer and the account it stands on. */
export interface EntryRow {
  readonly id: bigint;
  readonly transferId: bigint;
  readonly kind: string;
  readonly reference: string;
  readonly reason: string | null;
  readonly actor: string;
  readonly accountId: bigint;
  readonly accountCode: string;
  readonly accountName: string;
  readonly asset: Currency;
  /** The user whose account it is; null on an account of the system. */
  readonly userId: string | null;
  /** The account's balance now, in micro-units. */
  readonly accountBalance: bigint;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
  /** The entry's place on its account: 1, 2, 3, … */
  readonly position: bigint;
  readonly at: Date;
}

/** Select list and joins of an {@link EntryRow}; the caller adds its own conditions. */
export const SELECT_ENTRIES = `
  select e.id, e.transfer_id as "transferId", t.kind, t.reference, t.reason, t.actor,
         a.id as "accountId", a.code as "accountCode", c.name as "accountName", a.asset,
         a.user_id as "userId", a.balance as "accountBalance",
         e.amount, e.balance_after as "balanceAfter", e.position, e.at
  from ledger_entries e
  join ledger_transfers t on t.id = e.transfer_id
  join ledger_accounts a on a.id = e.account_id
  join ledger_chart c on c.code = a.code`;

/** The entries of all transfers with these references, oldest first; keyed by reference. */
export async function entriesOfReferences(
  em: EntityManager,
  references: readonly string[],
): Promise<Map<string, EntryRow[]>> {
  const rows = await query<EntryRow>(
    em,
    `${SELECT_ENTRIES} where t.reference = any($1::text[]) order by e.id`,
    [references],
  );
  return Map.groupBy(rows, ({ reference }) => reference);
}
