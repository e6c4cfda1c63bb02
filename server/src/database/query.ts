import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/**
 * Runs SQL with `$1` placeholders on the entity manager's transaction, or on the pool outside of one.
 * bigint columns and sums come back as JS bigints, timestamptz as Date, numeric as text.
 */
export async function query<Row>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const result = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return result.rows as Row[];
}

/** Like {@link query}, for statements that answer with one row at the most. */
export async function queryOne<Row>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row | undefined> {
  const [row] = await query<Row>(em, sql, parameters);
  return row;
}

/** How many rows an insert, update or delete touched. */
export async function execute(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const result = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return Number(result.numAffectedRows ?? 0n);
}
