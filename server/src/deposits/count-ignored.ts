import type { EntityManager } from '../database/database.ts';
import { execute } from '../database/query.ts';
import type { Judged } from './credit-deposits.ts';

/** Counts what is no deposit, by chain day and address: once, since its block is read once. */
export async function countIgnored(em: EntityManager, judged: readonly Judged[]): Promise<void> {
  const ignored = judged.flatMap(({ payment, verdict }) =>
    verdict.kind === 'ignored' ? [{ payment, why: verdict.why }] : [],
  );
  if (ignored.length === 0) return;
  await execute(
    em,
    `insert into ignored_transfers (day, address, why, asset, transfers, amount)
     select (to_timestamp(i.time_ms / 1000.0) at time zone 'UTC')::date, i.address, i.why, i.asset,
            count(*), sum(i.amount)
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::numeric[])
       as i(time_ms, address, why, asset, amount)
     group by 1, 2, 3, 4 order by 1, 2, 3, 4
     on conflict (day, address, why, asset) do update
     set transfers = ignored_transfers.transfers + excluded.transfers,
         amount = ignored_transfers.amount + excluded.amount`,
    [
      ignored.map(({ payment }) => payment.timeMs),
      ignored.map(({ payment }) => payment.address),
      ignored.map(({ why }) => why),
      ignored.map(({ payment }) => payment.currency ?? payment.token),
      ignored.map(({ payment }) => payment.amount.toString()),
    ],
  );
}
