import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';

/**
 * Cancels the operations with these references if no byte of any of them can have left: all or none.
 * A worker that has built or signed but not committed `SENDING` finds its fence passed.
 * @returns whether this call has cancelled them
 */
export async function cancelUnsentOperations(
  em: EntityManager,
  purpose: string,
  references: readonly string[],
): Promise<boolean> {
  const operations = await query<{ id: string; state: string }>(
    em,
    `select id, state from chain_operations
     where purpose = $1 and reference = any($2::uuid[]) and state not in ('ABANDONED', 'CANCELLED')
     order by id for no key update`,
    [purpose, references],
  );
  const ids = operations.map(({ id }) => id);
  // A statement of its own: one that waits for the lock judges the attempts as of before the wait.
  const sent = await queryOne(
    em,
    `select from attempts
     where operation_id = any($1::uuid[]) and state in ('SENDING', 'INCLUDED', 'SOLID') limit 1`,
    [ids],
  );
  const open = operations.every(({ state }) => state === 'INTENDED' || state === 'ATTEMPTING');
  if (operations.length === 0 || !open || sent) return false;
  await query(
    em,
    `update attempts set state = 'DEAD', dead_at = desk_now(), evidence = '{"neverSent": true}'
     where operation_id = any($1::uuid[]) and state in ('BUILT', 'SIGNED')`,
    [ids],
  );
  await query(
    em,
    `update chain_operations
     set state = 'CANCELLED', fence = fence + 1, lease_owner = null, lease_until = null, updated_at = desk_now()
     where id = any($1::uuid[])`,
    [ids],
  );
  return true;
}
