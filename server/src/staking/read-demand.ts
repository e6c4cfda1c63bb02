import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { Demand } from './advise-staking.ts';

export interface SeenDemand extends Demand {
  readonly from: Date;
  readonly to: Date;
  /** When the peak was reached; null without rentals. */
  readonly peakAt: Date | null;
  /** Orders of the period that were not delivered in time. */
  readonly failedOrders: number;
}

/**
 * What was rented at the same time in the last days: the peak, and the mean by time. A rental counts
 * from its delivery until it was taken back, since its stake is bound until then. By chain time, which
 * is what rentals begin and end by.
 */
export async function readDemand(em: EntityManager, days: number): Promise<SeenDemand> {
  const figures = present(
    await queryOne<Omit<SeenDemand, 'failedOrders'>>(
      em,
      `with now as (
         select coalesce((select to_timestamp(time_ms / 1000.0) from chain_cursors where name = 'solid'),
                         desk_now()) as till),
       period as (select till - make_interval(days => $1) as since, till from now),
       bound as (
         select r.energy, greatest(r.starts_at, p.since) as a,
                least(coalesce(r.reclaimed_at, greatest(r.ends_at, p.till)), p.till) as b
         from rentals r, period p
         where r.starts_at < p.till and coalesce(r.reclaimed_at, 'infinity'::timestamptz) > p.since),
       steps as (
         select at, sum(change) over (order by at, change) as energy
         from (select a as at, energy as change from bound where a < b
               union all select b, -energy from bound where a < b) s)
       select p.since as "from", p.till as "to",
              coalesce((select max(energy) from steps), 0)::bigint as "peakEnergy",
              (select at from steps order by energy desc, at limit 1) as "peakAt",
              coalesce((select sum(energy * extract(epoch from b - a)) from bound where a < b)
                       / extract(epoch from p.till - p.since), 0)::bigint as "meanEnergy",
              (select count(*) from bound)::int as rentals
       from period p`,
      [days],
    ),
    'demand',
  );
  const [failed] = await query<{ count: number }>(
    em,
    `select count(*)::int as count from orders
     where placed_at >= desk_now() - make_interval(days => $1) and failure_code is not null`,
    [days],
  );
  return { ...figures, failedOrders: failed?.count ?? 0 };
}
