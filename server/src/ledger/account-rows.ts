import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';

/** An account of the system, or the sum of all users' accounts with one code and asset. */
export interface AccountRow {
  /** The account's number; of a sum its code and asset, `user.held:TRX`. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly asset: Currency;
  /** Micro-units. */
  readonly balance: bigint;
}

/** Every system account and one sum per users' code and asset, in the order of the chart. */
export function accountsOfTheDesk(em: EntityManager): Promise<AccountRow[]> {
  return query<AccountRow>(
    em,
    `select case c.scope when 'USER' then a.code || ':' || a.asset else min(a.id)::text end as id,
            a.code, c.name, a.asset, sum(a.balance)::bigint as balance
     from ledger_accounts a join ledger_chart c on c.code = a.code
     group by c.scope, a.code, c.name, a.asset
     order by c.scope desc, a.code, a.asset`,
  );
}
