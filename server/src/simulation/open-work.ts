import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';

/** What is still open: work that somebody has to do before all is settled. */
export interface OpenWork {
  orders: number;
  operations: number;
  rentals: number;
  /** Stake whose return has not been observed. */
  returning: number;
  promised: number;
}

export async function openWork(em: EntityManager): Promise<OpenWork> {
  const row = await queryOne<OpenWork>(
    em,
    `select (select count(*)::int from orders
             where state in ('PENDING', 'PROCESSING', 'FAILED', 'CANCELLED')
                or (state = 'COMPLETED' and revenue_at is null)) as orders,
            (select count(*)::int from chain_operations
             where state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')) as operations,
            (select count(*)::int from rentals where state <> 'RECLAIMED') as rentals,
            (select count(*)::int from reservations where state = 'RETURNING')
            + (select count(*)::int from wallet_holds where state = 'SETTLING') as returning,
            (select count(*)::int from reservations where state in ('HELD', 'CAPTURED'))
            + (select count(*)::int from wallet_holds where state = 'HELD') as promised`,
  );
  return row ?? { orders: 0, operations: 0, rentals: 0, returning: 0, promised: 0 };
}
