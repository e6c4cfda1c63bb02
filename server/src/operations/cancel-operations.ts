import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';

interface OpenOperation {
  id: string;
  reference: string;
  state: string;
  sent: boolean;
}

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
  const operations = await query<OpenOperation>(
    em,
    `select o.id, o.reference, o.state,
            exists (select from attempts a where a.operation_id = o.id
                    and a.state in ('SENDING', 'INCLUDED', 'SOLID')) as sent
     from chain_operations o
     where o.purpose = $1 and o.reference = any($2::uuid[]) and o.state not in ('ABANDONED', 'CANCELLED')
     order by o.id for no key update of o`,
    [purpose, references],
  );
  const unsent =
    operations.length > 0 &&
    operations.every(
      ({ state, sent }) => !sent && (state === 'INTENDED' || state === 'ATTEMPTING'),
    );
  if (!unsent) return false;
  const ids = operations.map(({ id }) => id);
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
