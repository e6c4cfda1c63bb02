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

export interface MoneyTotal {
  readonly currency: Currency;
  readonly count: number;
  /** Micro-units. */
  readonly amount: bigint;
}

/** What several users have paid in: credited deposits and their shares of those that were split. */
export function depositedBy(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, MoneyTotal[]>> {
  return moneyTotalsOf(
    em,
    `select user_id, currency, amount from deposits
     where user_id = any($1::uuid[]) and state = 'CREDITED'
     union all
     select u.id, d.currency, ((share ->> 'amount')::numeric * 1000000)::bigint
     from unnest($1::uuid[]) as u (id)
     join deposit_decisions s
       on s.kind = 'SPLIT' and s.shares @> jsonb_build_array(jsonb_build_object('userId', u.id))
     join deposits d on d.id = s.deposit_id and d.user_id is null and d.state = 'CREDITED'
     cross join jsonb_array_elements(s.shares) as share
     where share ->> 'userId' = u.id::text`,
    userIds,
  );
}

/** What several users have taken out, fees included: withdrawals whose payment is solid. */
export function withdrawnBy(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, MoneyTotal[]>> {
  return moneyTotalsOf(
    em,
    `select user_id, currency, gross as amount from withdrawals
     where user_id = any($1::uuid[]) and origin = 'USER' and state = 'SETTLED'`,
    userIds,
  );
}

/** Adds up rows of (user_id, currency, amount): each user has a total in every currency. */
async function moneyTotalsOf(
  em: EntityManager,
  rowsOfUsers: string,
  userIds: readonly string[],
): Promise<Map<string, MoneyTotal[]>> {
  const rows = await query<{ userId: string; currency: Currency; count: bigint; amount: string }>(
    em,
    `select user_id as "userId", currency, count(*) as count, sum(amount) as amount
     from (${rowsOfUsers}) moved group by user_id, currency`,
    [userIds],
  );
  const totals = new Map(
    rows.map(({ userId, currency, count, amount }) => [
      `${userId} ${currency}`,
      { currency, count: Number(count), amount: BigInt(amount) },
    ]),
  );
  return new Map(
    userIds.map((userId) => [
      userId,
      CURRENCIES.map(
        (currency) => totals.get(`${userId} ${currency}`) ?? { currency, count: 0, amount: 0n },
      ),
    ]),
  );
}
