import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { sum } from '../kernel/money.ts';
import { BUCKET_STARTS, checkPeriod, type Period } from './time-buckets.ts';

/** What some of the pool's solid transactions cost. */
export interface CostRow {
  /** Burnt, in sun. */
  readonly feeSun: bigint;
  readonly transactions: number;
  /** Bytes that staked or free bandwidth paid for. */
  readonly bandwidth: bigint;
}

export interface ChainCosts {
  readonly totalSun: bigint;
  readonly transactions: number;
  /** Part of the total that the desk did not send. */
  readonly foreignSun: bigint;
  /** Transactions of the period whose cost has not been read yet. */
  readonly unread: number;
  readonly buckets: readonly (CostRow & { readonly start: Date })[];
  readonly byContract: readonly (CostRow & { readonly contract: string })[];
  readonly byWallet: readonly (CostRow & { readonly walletId: string })[];
}

interface SumRow {
  fee: string;
  transactions: bigint;
  bandwidth: string;
}

const SUMS = `coalesce(sum(t.fee_sun), 0) as fee, count(*) as transactions,
              coalesce(sum(t.bandwidth_used), 0) as bandwidth`;

const READ = `t.fee_sun is not null and t.time_ms >= extract(epoch from $1::timestamptz) * 1000
              and t.time_ms < extract(epoch from $2::timestamptz) * 1000`;

/**
 * What the chain burnt for the pool's transactions, by the time of their blocks; the ledger holds the
 * same fees as `chain.fee` transfers, booked when they were read.
 * @throws BadInput for an empty period or too many buckets
 */
export async function readChainCosts(em: EntityManager, period: Period): Promise<ChainCosts> {
  const { from, to, bucket } = checkPeriod(period);
  const buckets = await query<SumRow & { start: Date }>(
    em,
    `with spent as (
       select date_trunc($3, to_timestamp(t.time_ms / 1000.0)) as start, ${SUMS}
       from wallet_transactions t where ${READ} group by 1
     )
     select b.start, coalesce(s.fee, 0) as fee, coalesce(s.transactions, 0) as transactions,
            coalesce(s.bandwidth, 0) as bandwidth
     from ${BUCKET_STARTS} left join spent s using (start) order by b.start`,
    [from, to, bucket.toLowerCase()],
  );
  const byContract = await query<SumRow & { contract: string }>(
    em,
    `select t.kind as contract, ${SUMS} from wallet_transactions t
     where ${READ} group by t.kind order by sum(t.fee_sun) desc, t.kind`,
    [from, to],
  );
  const byWallet = await query<SumRow & { walletId: string }>(
    em,
    `select w.id as "walletId", ${SUMS}
     from wallet_transactions t join wallets w on w.address = t.owner
     where ${READ} group by w.id order by sum(t.fee_sun) desc, w.id`,
    [from, to],
  );
  const rest = await queryOne<{ foreign: string; unread: bigint }>(
    em,
    `select coalesce(sum(t.fee_sun) filter (where t.attempt_id is null), 0) as foreign,
            count(*) filter (where t.fee_sun is null) as unread
     from wallet_transactions t
     where t.time_ms >= extract(epoch from $1::timestamptz) * 1000
       and t.time_ms < extract(epoch from $2::timestamptz) * 1000`,
    [from, to],
  );
  const rows = byContract.map(({ contract, ...row }) => ({ contract, ...costRow(row) }));
  return {
    totalSun: sum(rows.map(({ feeSun }) => feeSun)),
    transactions: rows.reduce((all, { transactions }) => all + transactions, 0),
    foreignSun: BigInt(rest?.foreign ?? 0),
    unread: Number(rest?.unread ?? 0n),
    buckets: buckets.map(({ start, ...row }) => ({ start, ...costRow(row) })),
    byContract: rows,
    byWallet: byWallet.map(({ walletId, ...row }) => ({ walletId, ...costRow(row) })),
  };
}

function costRow({ fee, transactions, bandwidth }: SumRow): CostRow {
  return {
    feeSun: BigInt(fee),
    transactions: Number(transactions),
    bandwidth: BigInt(bandwidth),
  };
}
