import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { sum } from '../kernel/money.ts';
import { BUCKET_STARTS, checkPeriod, type Period } from './time-buckets.ts';

export interface RevenueBucketRow {
  readonly start: Date;
  readonly revenueSun: bigint;
  readonly orders: number;
  readonly energy: bigint;
}

export interface Revenue {
  readonly totalSun: bigint;
  readonly orders: number;
  readonly energy: bigint;
  readonly buckets: readonly RevenueBucketRow[];
}

/**
 * What was earned in a period: prices of the orders whose delegations became final in it, which is
 * when the ledger moves them to `desk.revenue.energy`.
 * @param clientId only this API client's orders
 * @throws BadInput for an empty period or too many buckets
 */
export async function readRevenue(
  em: EntityManager,
  period: Period,
  clientId?: string,
): Promise<Revenue> {
  const { from, to, bucket } = checkPeriod(period);
  const rows = await query<{ start: Date; sun: string; orders: bigint; energy: string }>(
    em,
    `with earned as (
       select date_trunc($3, revenue_at) as start, sum(price_sun) as sun, count(*) as orders,
              sum(energy) as energy
       from orders
       where revenue_at >= $1 and revenue_at < $2 and ($4::uuid is null or client_id = $4)
       group by 1
     )
     select b.start, coalesce(e.sun, 0) as sun, coalesce(e.orders, 0) as orders,
            coalesce(e.energy, 0) as energy
     from ${BUCKET_STARTS} left join earned e using (start) order by b.start`,
    [from, to, bucket.toLowerCase(), clientId ?? null],
  );
  const buckets = rows.map(({ start, sun, orders, energy }) => ({
    start,
    revenueSun: BigInt(sun),
    orders: Number(orders),
    energy: BigInt(energy),
  }));
  return {
    totalSun: sum(buckets.map(({ revenueSun }) => revenueSun)),
    orders: buckets.reduce((all, { orders }) => all + orders, 0),
    energy: sum(buckets.map(({ energy }) => energy)),
    buckets,
  };
}
