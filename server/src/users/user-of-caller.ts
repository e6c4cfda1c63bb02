import type { EntityManager } from '../database/database.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { ensureUsers } from './ensure-users.ts';
import { maySee } from './find-users.ts';
import type { UserRef } from './user-ref.ts';
import { UnknownUser } from './user.errors.ts';
import type { UserRow } from './user-row.ts';

/**
 * The user whom a caller names, made when new and named by a Telegram id or external id.
 * @param scope the API client to whose users the caller is confined; undefined for those who see all
 * @throws UnknownUser also for a user of another API client
 */
export async function userOfCaller(
  em: EntityManager,
  ids: IdMaker,
  ref: UserRef,
  scope: string | undefined,
): Promise<UserRow> {
  const [user] = await ensureUsers(em, ids, [ref]);
  if (!user || !maySee(scope, user)) throw new UnknownUser('input.user');
  return user;
}
