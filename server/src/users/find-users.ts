import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import type { UserAccounts } from '../ledger/accounts.ts';
import { refKey, type UserRef } from './user-ref.ts';
import { UnknownUser } from './user.errors.ts';
import { USER_COLUMNS, type UserRow } from './user-row.ts';

/** A user, and whether that it was seen is worth writing down. */
export interface FoundUser extends UserRow {
  readonly seenLately: boolean;
}

/** A user with its accounts in TRX as they are at this moment: nothing keeps them so. */
export interface Buyer extends FoundUser {
  readonly accounts: UserAccounts;
}

const COLUMNS = `${USER_COLUMNS},
  coalesce(u.last_seen_at >= desk_now() - interval '1 minute', false) as "seenLately"`;

const BY_IDS = prepared(`select ${USER_COLUMNS} from users u where u.id = any($1::uuid[])`);

const BY_ANY_NAME = prepared(
  `select ${COLUMNS} from users u where u.id = any($1::uuid[])
   union
   select ${COLUMNS} from users u where u.telegram_id = any($2::bigint[])
   union
   select ${COLUMNS} from users u
   join unnest($3::uuid[], $4::text[]) as wanted(client_id, external_id)
     on u.client_id = wanted.client_id and u.external_id = wanted.external_id`,
);

// A look into the accounts for each: as a join it may be planned to read them all.
const account = (code: string): string =>
  `(select id, balance from ledger_accounts
    where user_id = u.id and code = '${code}' and asset = 'TRX' limit 1)`;

const BUYERS = prepared(
  `select u.*, a.id as "availableId", a.balance as available, h.id as "heldId", h.balance as held
   from (${BY_ANY_NAME}) u
   cross join lateral ${account('user.available')} a
   cross join lateral ${account('user.held')} h`,
);

/** The users behind references, by {@link refKey}; who is unknown is not in it. One query. */
export async function findUsers(
  em: EntityManager,
  refs: readonly UserRef[],
): Promise<Map<string, FoundUser>> {
  return byRefs(await select<FoundUser>(em, BY_ANY_NAME, refs));
}

/** The same with what they have to buy with. */
export async function findBuyers(
  em: EntityManager,
  refs: readonly UserRef[],
): Promise<Map<string, Buyer>> {
  const rows = await select<FoundUser & BalanceColumns>(em, BUYERS, refs);
  return byRefs(
    rows.map(({ availableId, available, heldId, held, ...user }) => ({
      ...user,
      accounts: {
        available: { id: availableId, balance: available },
        held: { id: heldId, balance: held },
      },
    })),
  );
}

interface BalanceColumns {
  readonly availableId: bigint;
  readonly available: bigint;
  readonly heldId: bigint;
  readonly held: bigint;
}

async function select<Row>(
  em: EntityManager,
  sql: string,
  refs: readonly UserRef[],
): Promise<Row[]> {
  if (refs.length === 0) return [];
  const ids = refs.flatMap((ref) => (ref.by === 'id' ? [ref.id] : []));
  const telegramIds = refs.flatMap((ref) => (ref.by === 'telegramId' ? [ref.telegramId] : []));
  const external = refs.flatMap((ref) => (ref.by === 'externalId' ? [ref] : []));
  return query<Row>(em, sql, [
    ids,
    telegramIds,
    external.map(({ clientId }) => clientId),
    external.map(({ externalId }) => externalId),
  ]);
}

function byRefs<Row extends UserRow>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.flatMap((row) => refsOf(row).map((ref) => [refKey(ref), row])));
}

/** The users with these ids; who is unknown is not in it. */
export async function usersByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, UserRow>> {
  const rows = await query<UserRow>(em, BY_IDS, [ids]);
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
