import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { HELD_BY_WALLET } from './held-by-wallet.ts';

/** An operation of which no byte can be on its way, locked. */
export interface UnsentOperation {
  readonly id: string;
  readonly reference: string;
}

/**
 * Locks delegations that wait because their wallet is paused, quarantined or refused by the safe mode:
 * each was never sent, or all that was sent of it is proved dead. What somebody else holds is left to
 * the next time.
 */
export async function lockHeldByWallet(
  em: EntityManager,
  purpose: string,
  limit: number,
): Promise<UnsentOperation[]> {
  const held = await query<UnsentOperation>(
    em,
    `select o.id, o.reference from chain_operations o
     where o.state in ('INTENDED', 'ATTEMPTING') and o.purpose = $1
       and (${HELD_BY_WALLET} or o.owner = any((select refused_wallets from safe_mode)::text[]))
       and (o.deadline_at is null or o.deadline_at > desk_now())
       and (o.state = 'INTENDED' or o.lease_until < desk_now())
     order by o.id limit $2 for no key update of o skip locked`,
    [purpose, limit],
  );
  if (held.length === 0) return [];
  // A statement of its own: it sees what was sent before the lock was ours.
  const sent = await query<{ operation_id: string }>(
    em,
    `select operation_id from attempts
     where operation_id = any($1::uuid[]) and state in ('SENDING', 'INCLUDED', 'SOLID')`,
    [held.map(({ id }) => id)],
  );
  const gone = new Set(sent.map(({ operation_id }) => operation_id));
  return held.filter(({ id }) => !gone.has(id));
}

/** No attempt will ever be made of these again; who asked for them knows, and is not told. */
export async function abandonUnsent(
  em: EntityManager,
  operations: readonly UnsentOperation[],
  cause: string,
): Promise<void> {
  const ids = operations.map(({ id }) => id);
  await because(em, cause);
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
}
