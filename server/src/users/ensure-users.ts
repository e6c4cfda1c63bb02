import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { execute, query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { openUserAccounts } from '../ledger/accounts.ts';
import { type Buyer, findBuyers, findUsers, type FoundUser } from './find-users.ts';
import { refKey, type UserRef } from './user-ref.ts';
import type { UserRow } from './user-row.ts';

/**
 * The users behind the references, in their order. Who is named by a Telegram id or by an external
 * id and is new is created, with ledger accounts; who is named by an unknown id is undefined.
 * Marks all of them as seen. One statement when all are known and were seen in the last minute.
 */
export function ensureUsers(
  em: EntityManager,
  ids: IdMaker,
  refs: readonly UserRef[],
): Promise<(UserRow | undefined)[]> {
  return ensure(em, ids, refs, findUsers);
}

/** The same with what they have to buy with. */
export function ensureBuyers(
  em: EntityManager,
  ids: IdMaker,
  refs: readonly UserRef[],
): Promise<(Buyer | undefined)[]> {
  return ensure(em, ids, refs, findBuyers);
}

async function ensure<Row extends FoundUser>(
  em: EntityManager,
  ids: IdMaker,
  refs: readonly UserRef[],
  find: (em: EntityManager, refs: readonly UserRef[]) => Promise<Map<string, Row>>,
): Promise<(Row | undefined)[]> {
  const known = await find(em, refs);
  const missing = new Map(
    refs
      .filter((ref) => ref.by !== 'id' && !known.has(refKey(ref)))
      .map((ref) => [refKey(ref), ref]),
  );
  if (missing.size > 0) {
    const created = await create(em, ids, [...missing.values()]);
    await openUserAccounts(em, created);
    // Also finds those whom another transaction created meanwhile.
    for (const [key, user] of await find(em, [...missing.values()])) known.set(key, user);
  }
  const users = refs.map((ref) => known.get(refKey(ref)));
  await markSeen(em, [
    ...new Set(users.flatMap((user) => (user && !user.seenLately ? [user.id] : []))),
  ]);
  return users;
}

/** @returns the ids of those who are really new; they are inserted in one order, so that batches do not deadlock */
async function create(
  em: EntityManager,
  ids: IdMaker,
  refs: readonly UserRef[],
): Promise<string[]> {
  const sorted = [...refs].sort((a, b) => (refKey(a) < refKey(b) ? -1 : 1));
  const rows = await query<{ id: string }>(
    em,
    `insert into users (id, telegram_id, client_id, external_id)
     select n.id, n.telegram_id, n.client_id, n.external_id
     from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[])
       with ordinality as n(id, telegram_id, client_id, external_id, nr)
     order by n.nr
     on conflict do nothing returning id`,
    [
      sorted.map(() => ids.next()),
      sorted.map((ref) => (ref.by === 'telegramId' ? ref.telegramId : null)),
      sorted.map((ref) => (ref.by === 'externalId' ? ref.clientId : null)),
      sorted.map((ref) => (ref.by === 'externalId' ? ref.externalId : null)),
    ],
  );
  return rows.map(({ id }) => id);
}

/**
 * Once a minute at most, and not at all when somebody else is at it: the row of a busy user must
 * not become a queue.
 */
async function markSeen(em: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await execute(em, MARK_SEEN, [ids]);
}

const MARK_SEEN = prepared(
  `update users set last_seen_at = desk_now()
   where id in (
     select id from users
     where id = any($1::uuid[])
       and (last_seen_at is null or last_seen_at < desk_now() - interval '1 minute')
     for no key update skip locked)`,
);
