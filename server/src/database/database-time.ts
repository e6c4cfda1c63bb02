import { present } from '../kernel/assert.ts';
import { prepared } from './bundle.ts';
import type { EntityManager } from './database.ts';
import { queryOne } from './query.ts';

const NOW = prepared('select desk_now() as now');

/** The database's clock, which decides about leases, sessions and deadlines. */
export async function databaseTime(em: EntityManager): Promise<Date> {
  const row = await queryOne<{ now: Date }>(em, NOW);
  return present(row, 'the time').now;
}
