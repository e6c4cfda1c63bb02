import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { ORDER_STATES, type OrderState } from '../orders/order-states.ts';
import { BUCKET_STARTS, checkPeriod, type Period } from './time-buckets.ts';

/** Seconds from placing to delivery; null when nothing was delivered. */
export interface Handling {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface OrderFigures {
  readonly from: Date;
  readonly to: Date;
  readonly total: number;
  readonly byState: readonly { readonly state: OrderState; readonly count: number }[];
  readonly successRate: number | null;
  readonly handlingSeconds: Handling;
  readonly buckets: readonly {
    readonly start: Date;
    readonly placed: number;
    readonly completed: number;
    readonly failed: number;
  }[];
}

const OF_PERIOD = `placed_at >= $1 and placed_at < $2 and ($4::uuid is null or client_id = $4)`;

/**
 * What became of the orders that were placed in a period. Cancelled orders count neither as success
 * nor as failure.
 * @param clientId only this API client's orders
 * @throws BadInput for an empty period or too many buckets
 */
export async function readOrderStatistics(
  em: EntityManager,
  period: Period,
  clientId?: string,
): Promise<OrderFigures> {
  const { from, to, bucket } = checkPeriod(period);
  const parameters = [from, to, bucket.toLowerCase(), clientId ?? null];
  const states = await query<{ state: OrderState; count: bigint; failed: bigint }>(
    em,
    `select state, count(*) as count, count(failed_at) as failed
     from orders where ${OF_PERIOD} and $3::text is not null group by state`,
    parameters,
  );
  const handlingSeconds = await queryOne<Handling>(
    em,
    `select avg(seconds) as mean,
            percentile_cont(0.5) within group (order by seconds) as p50,
            percentile_cont(0.95) within group (order by seconds) as p95,
            percentile_cont(0.99) within group (order by seconds) as p99
     from (
       select date_part('epoch', completed_at - placed_at) as seconds
       from orders where ${OF_PERIOD} and $3::text is not null and state = 'COMPLETED'
     ) handled`,
    parameters,
  );
  const buckets = await query<{ start: Date; placed: bigint; completed: bigint; failed: bigint }>(
    em,
    `with placed as (
       select date_trunc($3, placed_at) as start, count(*) as placed,
              count(*) filter (where state = 'COMPLETED') as completed, count(failed_at) as failed
       from orders where ${OF_PERIOD} group by 1
     )
     select b.start, coalesce(p.placed, 0) as placed, coalesce(p.completed, 0) as completed,
            coalesce(p.failed, 0) as failed
     from ${BUCKET_STARTS} left join placed p using (start) order by b.start`,
    parameters,
  );

  const counts = new Map(states.map(({ state, count }) => [state, Number(count)]));
  const completed = counts.get('COMPLETED') ?? 0;
  const failed = states.reduce((all, row) => all + Number(row.failed), 0);
  return {
    from,
    to,
    total: states.reduce((all, { count }) => all + Number(count), 0),
    byState: ORDER_STATES.map((state) => ({ state, count: counts.get(state) ?? 0 })),
    successRate: completed + failed === 0 ? null : completed / (completed + failed),
    handlingSeconds: handlingSeconds ?? { mean: null, p50: null, p95: null, p99: null },
    buckets: buckets.map(({ start, ...row }) => ({
      start,
      placed: Number(row.placed),
      completed: Number(row.completed),
      failed: Number(row.failed),
    })),
  };
}
