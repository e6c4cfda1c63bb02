import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { BuiltAttempt } from './begin-attempts.ts';

/** An attempt that got no signature, and why, in words for people. */
export interface Unsigned extends Pick<BuiltAttempt, 'operationId' | 'fence'> {
  readonly problem: string;
}

/** The first pause; each further attempt of the operation doubles it, up to the longest. */
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 300;

/**
 * Gives up attempts that nobody signed: they are dead, since a signature that comes later finds no
 * attempt to be stored on, and their operations wait before the next one. An operation that another
 * worker has taken over meanwhile is left to it.
 */
export async function putOff(
  em: EntityManager,
  unsigned: readonly Unsigned[],
  worker: string,
): Promise<void> {
  const owned = await query<{ id: string }>(
    em,
    `select o.id from chain_operations o
     join unnest($1::uuid[], $2::bigint[]) as mine(id, fence) on mine.id = o.id and mine.fence = o.fence
     where o.lease_owner = $3 and o.state = 'ATTEMPTING'
     order by o.id for no key update of o`,
    [unsigned.map(({ operationId }) => operationId), unsigned.map(({ fence }) => fence), worker],
  );
  if (owned.length === 0) return;
  const mine = new Set(owned.map(({ id }) => id));
  const ours = unsigned.filter(({ operationId }) => mine.has(operationId));
  const ids = ours.map(({ operationId }) => operationId);
  await because(em, 'not signed');
  await query(
    em,
    `update attempts set state = 'DEAD', dead_at = desk_now(), evidence = '{"neverSent": true}'
     where operation_id = any($1::uuid[]) and state = 'BUILT'`,
    [ids],
  );
  await query(
    em,
    `update chain_operations o
     set state = 'INTENDED', last_problem = p.problem, fence = o.fence + 1, lease_owner = null,
         lease_until = null, updated_at = desk_now(),
         due_at = desk_now() + make_interval(
           secs => least($3::float8 * power(2, least(o.attempts - 1, 20)), $4))
     from unnest($1::uuid[], $2::text[]) as p(id, problem) where o.id = p.id`,
    [ids, ours.map(({ problem }) => problem), FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS],
  );
}
