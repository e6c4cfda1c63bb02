import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import type { InvariantSource } from './safe-mode.ts';

/** When an invariant was checked last, and what came of it. */
export interface InvariantCheck {
  readonly name: InvariantSource;
  readonly checkedAt: Date;
  readonly holds: boolean;
  /** What was found; null while it holds. */
  readonly finding: string | null;
}

/** The last check of each invariant. */
export function invariantChecks(em: EntityManager): Promise<InvariantCheck[]> {
  return query<InvariantCheck>(
    em,
    `select name, checked_at as "checkedAt", holds, finding from invariant_checks order by name`,
  );
}

/** How far the books were proved, and whether it is time to prove all of them. */
export async function booksProof(
  em: EntityManager,
  fullHours: number,
): Promise<{ readonly through: bigint; readonly fullIsDue: boolean }> {
  const row = await queryOne<{ through: bigint; fullIsDue: boolean }>(
    em,
    `select through, coalesce(fully_checked_at + make_interval(hours => $1) <= desk_now(), true)
              as "fullIsDue"
     from invariant_checks where name = 'BOOKS'`,
    [fullHours],
  );
  return row ?? { through: 0n, fullIsDue: true };
}

/** Writes down that an invariant was checked. */
export async function recordCheck(
  em: EntityManager,
  name: InvariantSource,
  finding: string | null,
  proof: { readonly through?: bigint; readonly full?: boolean } = {},
): Promise<void> {
  await execute(
    em,
    `insert into invariant_checks (name, checked_at, holds, finding, through, fully_checked_at)
     values ($1, desk_now(), $2, $3, coalesce($4, 0), case when $5 then desk_now() end)
     on conflict (name) do update
     set checked_at = excluded.checked_at, holds = excluded.holds, finding = excluded.finding,
         through = greatest(invariant_checks.through, excluded.through),
         fully_checked_at = coalesce(excluded.fully_checked_at, invariant_checks.fully_checked_at)`,
    [name, finding === null, finding, proof.through ?? null, proof.full ?? false],
  );
}
