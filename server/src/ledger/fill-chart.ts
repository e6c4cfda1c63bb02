import { type EntityManager } from '../database/database.ts';
import { execute } from '../database/query.ts';
import { CHART } from './chart.ts';

/** Writes the chart and opens the system's accounts; runs as the owner of the tables, at migration. */
export async function fillChart(em: EntityManager): Promise<void> {
  await execute(
    em,
    `insert into ledger_chart (code, name, scope, never_negative, description)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::text[])
     on conflict (code) do update
       set name = excluded.name, description = excluded.description`,
    [
      CHART.map(({ code }) => code),
      CHART.map(({ name }) => name),
      CHART.map(({ scope }) => scope),
      CHART.map(({ neverNegative }) => neverNegative),
      CHART.map(({ description }) => description),
    ],
  );
  await execute(
    em,
    `insert into ledger_accounts (code, asset)
     select c.code, a.asset from ledger_chart c cross join (values ('TRX'), ('USDT')) a(asset)
     where c.scope = 'SYSTEM' order by c.code, a.asset
     on conflict do nothing`,
  );
}
