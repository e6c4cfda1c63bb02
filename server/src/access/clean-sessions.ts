import type { EntityManager } from '../database/database.ts';
import { execute } from '../database/query.ts';

/** So long a session that is over can still be looked up. */
const KEPT_DAYS = 30;
const AT_ONCE = 10_000;

/** Forgets sessions that have been over for a month, at most 10,000 a call. @returns how many */
export function cleanSessions(em: EntityManager): Promise<number> {
  return execute(
    em,
    `delete from sessions where id in (
       select id from sessions
       where least(expires_at, coalesce(ended_at, expires_at)) < desk_now() - make_interval(days => $1)
       limit $2)`,
    [KEPT_DAYS, AT_ONCE],
  );
}
