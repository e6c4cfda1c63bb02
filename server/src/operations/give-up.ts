import type { EntityManager } from '../database/database.ts';
import { because } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Purposes } from './purposes.ts';

interface OverdueOperation {
  id: string;
  purpose: string;
  reference: string;
}

/** In one sweep; what is left over is found by the next. */
const BUNCH = 500;

/**
 * Abandons operations whose deadline has passed while they have no attempt that was ever sent, or
 * only dead ones. One that is out there is left to the chain.
 */
export async function giveUp(em: EntityManager, purposes: Purposes): Promise<number> {
  const overdue = await query<OverdueOperation>(
    em,
    `select o.id, o.purpose, o.reference from chain_operations o
     where o.deadline_at <= desk_now()
       and (o.state = 'INTENDED'
            or o.state = 'ATTEMPTING' and o.lease_until < desk_now() and exists (
              select from attempts a where a.operation_id = o.id and a.state in ('BUILT', 'SIGNED')))
     order by o.id limit ${BUNCH.toString()} for no key update of o skip locked`,
  );
  if (overdue.length === 0) return 0;
  const ids = overdue.map(({ id }) => id);
  await because(em, 'its deadline passed');
  await query(
    em,
    `update attempts set state = 'DEAD', dead_at = desk_now(), evidence = '{"neverSent": true}'
     where operation_id = any($1::uuid[]) and state in ('BUILT', 'SIGNED')`,
    [ids],
  );
  await query(
    em,
    `update chain_operations
     set state = 'ABANDONED', fence = fence + 1, lease_owner = null, lease_until = null, updated_at = desk_now()
     where id = any($1::uuid[])`,
    [ids],
  );
  await purposes.tell(
    overdue.map(({ id, purpose, reference }) => ({ operationId: id, purpose, reference })),
    (handler, share) => handler.abandoned(em, share),
  );
  return overdue.length;
}
