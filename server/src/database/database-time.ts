import { present } from '../kernel/assert.ts';
import type { EntityManager } from './database.ts';
import { queryOne } from './query.ts';

/** The database's clock, which decides about leases, sessions and deadlines. */
export async function databaseTime(em: EntityManager): Promise<Date> {
  const row = await queryOne<{ now: Date }>(em, 'select desk_now() as now');
  return present(row, 'the time').now;
}
