import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';

export interface RecentBooksReport {
  readonly breaks: readonly string[];
  /** The last transfer that was looked at; send it as `after` the next time. */
  readonly through: bigint;
  /** Whether there was more than is looked at in one go. */
  readonly more: boolean;
}

/** Transfers in one go: some tens of milliseconds. */
const MOST = 20_000;
/** Numbers are drawn before transactions commit: as many are looked at again. */
const AGAIN = 1_000;
const MAX_SENTENCES = 100;

/**
 * Proves what is new in the books since a transfer that was proved: each new transfer balances and
 * has entries, each new entry continues the one before it, the accounts that they touch end where
 * their last entry does and are not negative where they may not be, and all balances sum to zero.
 * What was changed further back is for `checkBooks` to find.
 */
export async function checkRecentBooks(
  em: EntityManager,
  after: bigint,
): Promise<RecentBooksReport> {
  const [found] = await query<{ breaks: string[] | null; through: bigint | null; count: bigint }>(
    em,
    `with recent as materialized (
       select id, kind, reference from ledger_transfers where id > $1 order by id limit $2
     ), fresh as materialized (
       select e.* from recent r join ledger_entries e on e.transfer_id = r.id
     ), touched as materialized (
       select a.*, c.never_negative from ledger_accounts a join ledger_chart c on c.code = a.code
       where a.id in (select account_id from fresh)
     ), breaks as (
       select format('The balances of all %s accounts sum to %s instead of 0.', asset, sum(balance))
         as sentence
       from ledger_accounts group by asset having sum(balance) <> 0
       union all
       select format('Transfer %s (%s of %s) has no entries.', r.id, r.kind, r.reference)
       from recent r where not exists (select from fresh f where f.transfer_id = r.id)
       union all
       select format('Transfer %s moves %s %s more in than out.', f.transfer_id, sum(f.amount), t.asset)
       from fresh f join touched t on t.id = f.account_id
       group by f.transfer_id, t.asset having sum(f.amount) <> 0
       union all
       select format('Account %s jumps at position %s: %s after %s and an entry of %s.', f.account_id,
                     f.position, f.balance_after, coalesce(before.balance_after, 0), f.amount)
       from fresh f
       left join ledger_entries before
         on before.account_id = f.account_id and before.position = f.position - 1
       where f.balance_after <> f.amount + coalesce(before.balance_after, 0)
          or f.position > 1 and before.position is null
       union all
       select format('Account %s has a balance of %s and %s entries, but its last entry left %s at %s.',
                     t.id, t.balance, t.entries, last.balance_after, last.position)
       from touched t
       cross join lateral (
         select balance_after, position from ledger_entries e
         where e.account_id = t.id order by position desc limit 1) last
       where t.balance <> last.balance_after or t.entries <> last.position
       union all
       select format('Account %s (%s) is negative: %s.', id, code, balance)
       from touched where never_negative and balance < 0
     )
     select (select array_agg(sentence) from (select sentence from breaks order by 1 limit $3) few)
              as breaks,
            (select max(id) from recent) as through, (select count(*) from recent) as count`,
    [after > BigInt(AGAIN) ? after - BigInt(AGAIN) : 0n, MOST, MAX_SENTENCES],
  );
  const { breaks, through, count } = present(found, 'the report');
  return { breaks: breaks ?? [], through: through ?? after, more: count === BigInt(MOST) };
}
