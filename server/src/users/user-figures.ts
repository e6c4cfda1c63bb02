import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { CURRENCIES, type Currency } from '../kernel/money.ts';

/** What a user has in one currency, in micro-units. */
export interface BalanceRow {
  readonly currency: Currency;
  readonly available: bigint;
  /** Of open orders: it becomes revenue or comes back. */
  readonly held: bigint;
}

/** Balances of several users in one query: each has a row for every currency. */
export async function balancesOf(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, BalanceRow[]>> {
  const rows = await query<{ userId: string; asset: Currency; code: string; balance: bigint }>(
    em,
    `select user_id as "userId", asset, code, balance
     from ledger_accounts where user_id = any($1::uuid[])`,
    [userIds],
  );
  const balances = new Map(
    rows.map(({ userId, asset, code, balance }) => [`${userId} ${asset} ${code}`, balance]),
  );
  return new Map(
    userIds.map((userId) => [
      userId,
      CURRENCIES.map((currency) => ({
        currency,
        available: balances.get(`${userId} ${currency} user.available`) ?? 0n,
        held: balances.get(`${userId} ${currency} user.held`) ?? 0n,
      })),
    ]),
  );
}

export interface OrderTotals {
  readonly orders: number;
  /** Sun paid for orders that were delivered. */
  readonly spentSun: bigint;
}

/** How much several users have ordered, in one query. */
export async function orderTotalsOf(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, OrderTotals>> {
  const rows = await query<{ userId: string; orders: bigint; spent: string | null }>(
    em,
    `select user_id as "userId", count(*) as orders,
            sum(price_sun) filter (where state = 'COMPLETED') as spent
     from orders where user_id = any($1::uuid[]) group by user_id`,
    [userIds],
  );
  return new Map(
    rows.map(({ userId, orders, spent }) => [
      userId,
      { orders: Number(orders), spentSun: BigInt(spent ?? 0) },
    ]),
  );
}
