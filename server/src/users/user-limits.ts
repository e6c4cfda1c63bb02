import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { UserLimitReached } from './user.errors.ts';
import type { UserRow } from './user-row.ts';

/** How much a user may buy in any 24 hours; undefined is without a limit. */
export interface UserLimits {
  readonly ordersPerDay: number | undefined;
  readonly spendPerDaySun: bigint | undefined;
}

/** What a user has bought within the last 24 hours, without orders whose money came back. */
export interface DayUsage {
  readonly orders: number;
  readonly spentSun: bigint;
}

export const NOTHING_USED: DayUsage = { orders: 0, spentSun: 0n };

type LimitSettings = Pick<
  SettingValues,
  | 'users.ordersPerDay'
  | 'users.spendPerDaySun'
  | 'users.limitedOrdersPerDay'
  | 'users.limitedSpendPerDaySun'
>;

/** The user's own limits, or those of the settings for the user's standing, in which 0 is none. */
export function limitsOf(user: UserRow, settings: LimitSettings): UserLimits {
  const limited = user.standing === 'LIMITED';
  const orders = settings[limited ? 'users.limitedOrdersPerDay' : 'users.ordersPerDay'];
  const spend = settings[limited ? 'users.limitedSpendPerDaySun' : 'users.spendPerDaySun'];
  return {
    ordersPerDay: user.ordersPerDay ?? (orders === 0 ? undefined : orders),
    spendPerDaySun: user.spendPerDaySun ?? (spend === 0n ? undefined : spend),
  };
}

export function isLimited({ ordersPerDay, spendPerDaySun }: UserLimits): boolean {
  return ordersPerDay !== undefined || spendPerDaySun !== undefined;
}

/**
 * Exactly what users have bought in the last 24 hours by the database's clock. To decide by it, hold
 * the locks of their accounts: whoever places an order holds them.
 */
export async function dayUsageOf(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, DayUsage>> {
  if (userIds.length === 0) return new Map();
  const rows = await query<{ userId: string; orders: bigint; spent: string }>(
    em,
    `select user_id as "userId", count(*) as orders, sum(price_sun) as spent
     from orders
     where user_id = any($1::uuid[]) and placed_at > desk_now() - interval '24 hours'
       and state in ('PENDING', 'PROCESSING', 'COMPLETED')
     group by user_id`,
    [userIds],
  );
  return new Map(
    rows.map(({ userId, orders, spent }) => [
      userId,
      { orders: Number(orders), spentSun: BigInt(spent) },
    ]),
  );
}

/** @throws UserLimitReached when one more order of this price is beyond the user's limits */
export function checkLimits(limits: UserLimits, usage: DayUsage, priceSun: bigint): void {
  const { ordersPerDay, spendPerDaySun } = limits;
  if (ordersPerDay !== undefined && usage.orders >= ordersPerDay) {
    throw UserLimitReached.ofOrders(ordersPerDay, usage.orders);
  }
  if (spendPerDaySun !== undefined && usage.spentSun + priceSun > spendPerDaySun) {
    throw UserLimitReached.ofSpending(spendPerDaySun, usage.spentSun);
  }
}
