import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { isUuid } from '../kernel/ids.ts';
import { USER_COLUMNS, type UserRow, type UserStanding } from './user-row.ts';

export interface UserFilter {
  readonly standing?: UserStanding | null | undefined;
  readonly tag?: string | null | undefined;
  /** A whole id, Telegram id, external id, or an address that the user keeps or has ordered for. */
  readonly search?: string | null | undefined;
}

/** Beyond this many a total is not counted out. */
export const MOST_COUNTED = 10_000;

/** Users, newest first, after the user with the id `after`: one more than `first` when there are more. */
export function listUsers(
  em: EntityManager,
  filter: UserFilter,
  page: { readonly first: number; readonly after: string | null },
): Promise<UserRow[]> {
  const { conditions, parameters } = where(filter);
  return query<UserRow>(
    em,
    `select ${USER_COLUMNS} from users u
     where ${conditions} and ($1::uuid is null
       or (u.created_at, u.id) < (select created_at, id from users where id = $1))
     order by u.created_at desc, u.id desc limit $2`,
    [page.after, page.first + 1, ...parameters],
  );
}

/** How many users there are, exact up to {@link MOST_COUNTED}. */
export async function countUsers(em: EntityManager, filter: UserFilter): Promise<number> {
  const { conditions, parameters } = where(filter);
  const row = await queryOne<{ count: bigint }>(
    em,
    `select count(*) as count from (
       select from users u where ${conditions} and $1::uuid is null limit $2) few`,
    [null, MOST_COUNTED, ...parameters],
  );
  return Number(row?.count ?? 0n);
}

/** Conditions on `users u`; their parameters come after the first two of the statement. */
function where(filter: UserFilter): { conditions: string; parameters: unknown[] } {
  const conditions = ['true'];
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value) + 2}`;
  if (filter.standing) conditions.push(`u.standing = ${bind(filter.standing)}`);
  if (filter.tag) conditions.push(`u.tags @> array[${bind(filter.tag)}::text] and u.tags <> '{}'`);
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    const text = bind(search);
    const found = [
      `select id from users where external_id = ${text}`,
      `select user_id from user_addresses where address = ${text}`,
      `(select user_id from orders where receiver = ${text} order by placed_at desc limit 1000)`,
    ];
    if (isUuid(search)) found.push(`select id from users where id = ${text}::uuid`);
    if (/^\d{1,18}$/.test(search)) {
      found.push(`select id from users where telegram_id = ${text}::bigint`);
    }
    conditions.push(`u.id in (${found.join(' union ')})`);
  }
  return { conditions: conditions.join(' and '), parameters };
}
