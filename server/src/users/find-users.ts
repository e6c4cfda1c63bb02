import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { refKey, type UserRef } from './user-ref.ts';
import { UnknownUser } from './user.errors.ts';
import { USER_COLUMNS, type UserRow } from './user-row.ts';

const BY_ANY_NAME = prepared(
  `select ${USER_COLUMNS} from users u where u.id = any($1::uuid[])
   union
   select ${USER_COLUMNS} from users u where u.telegram_id = any($2::bigint[])
   union
   select ${USER_COLUMNS} from users u
   join unnest($3::uuid[], $4::text[]) as wanted(client_id, external_id)
     on u.client_id = wanted.client_id and u.external_id = wanted.external_id`,
);

/** The users behind references, by {@link refKey}; who is unknown is not in it. One query. */
export async function findUsers(
  em: EntityManager,
  refs: readonly UserRef[],
): Promise<Map<string, UserRow>> {
  if (refs.length === 0) return new Map();
  const ids = refs.flatMap((ref) => (ref.by === 'id' ? [ref.id] : []));
  const telegramIds = refs.flatMap((ref) => (ref.by === 'telegramId' ? [ref.telegramId] : []));
  const external = refs.flatMap((ref) => (ref.by === 'externalId' ? [ref] : []));
  const rows = await query<UserRow>(em, BY_ANY_NAME, [
    ids,
    telegramIds,
    external.map(({ clientId }) => clientId),
    external.map(({ externalId }) => externalId),
  ]);
  return new Map(rows.flatMap((row) => refsOf(row).map((ref) => [refKey(ref), row])));
}

/** The users with these ids; who is unknown is not in it. */
export async function usersByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, UserRow>> {
  const rows = await query<UserRow>(
    em,
    `select ${USER_COLUMNS} from users u where u.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The user behind a reference, if there is one. */
export async function findUser(em: EntityManager, ref: UserRef): Promise<UserRow | undefined> {
  return (await findUsers(em, [ref])).get(refKey(ref));
}

/**
 * Whether an API client may see the user: its own users and those known by a Telegram id.
 * @param clientId undefined for operators, who see all
 */
export function maySee(clientId: string | undefined, user: UserRow): boolean {
  return clientId === undefined || user.clientId === null || user.clientId === clientId;
}

/** @throws UnknownUser when there is none */
export async function requireUser(
  em: EntityManager,
  ref: UserRef,
  field = 'input.user',
): Promise<UserRow> {
  const user = await findUser(em, ref);
  if (!user) throw new UnknownUser(field);
  return user;
}

function refsOf(user: UserRow): UserRef[] {
  const refs: UserRef[] = [{ by: 'id', id: user.id }];
  if (user.telegramId !== null) refs.push({ by: 'telegramId', telegramId: user.telegramId });
  if (user.clientId !== null && user.externalId !== null) {
    refs.push({ by: 'externalId', clientId: user.clientId, externalId: user.externalId });
  }
  return refs;
}
