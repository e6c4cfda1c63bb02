import { because, type EntityManager } from '../database/database.ts';
import { execute } from '../database/query.ts';

/** How a withdrawal has ended, as the room of withdrawals tells it. */
interface WithdrawalEnd {
  readonly id: string;
  readonly origin: string;
  readonly outcome: 'SETTLED' | 'REJECTED' | 'FAILED';
}

/**
 * Deposits whose money has gone back are RETURNED; those whose return was rejected or failed are
 * UNCLAIMED again, as their money is back on `desk.unclaimed`. In the transaction of those ends.
 */
export async function returnsEnded(
  em: EntityManager,
  ends: readonly WithdrawalEnd[],
): Promise<void> {
  const returns = ends.filter(({ origin }) => origin === 'DEPOSIT_RETURN');
  if (returns.length === 0) return;
  await because(em, 'its return has ended');
  await execute(
    em,
    `update deposits d
     set state = case when e.outcome = 'SETTLED' then 'RETURNED' else 'UNCLAIMED' end,
         settled_at = desk_now(),
         return_id = case when e.outcome = 'SETTLED' then d.return_id end
     from unnest($1::uuid[], $2::text[]) as e(id, outcome)
     where d.return_id = e.id and d.state = 'RETURNING'`,
    [returns.map(({ id }) => id), returns.map(({ outcome }) => outcome)],
  );
}
