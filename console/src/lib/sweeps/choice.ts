import { sumAmounts } from '../format/decimal.ts';
import type { SweepPlanQuery } from '../graphql/generated/graphql.ts';

export type PlanItem = SweepPlanQuery['sweepPlan']['items'][number];

/** Names an item: one currency on one address. */
export const itemKey = ({ address, money }: PlanItem): string => `${address} ${money.currency}`;

/** What can be swept now: tokens before TRX, as each address is swept of one currency at a time. */
export function firstChoice(items: readonly PlanItem[]): string[] {
  const chosen = new Map<string, string>();
  for (const item of items) {
    if (item.skip !== null) continue;
    if (item.money.currency === 'USDT' || !chosen.has(item.address)) {
      chosen.set(item.address, itemKey(item));
    }
  }
  return [...chosen.values()];
}

/** The choice with an item taken in, in the other's place on its address, or taken out. */
export function choose(chosen: readonly string[], item: PlanItem): string[] {
  const key = itemKey(item);
  if (chosen.includes(key)) return chosen.filter((one) => one !== key);
  return [...chosen.filter((one) => !one.startsWith(`${item.address} `)), key];
}

/** What the chosen items bring and cost together, as decimal strings. */
export function sumOf(items: readonly PlanItem[]): {
  trx: string;
  usdt: string;
  burn: string;
  fuel: string;
} {
  const of = (currency: string): string =>
    sumAmounts(items.flatMap(({ money }) => (money.currency === currency ? [money.amount] : [])));
  return {
    trx: of('TRX'),
    usdt: of('USDT'),
    burn: sumAmounts(items.map(({ burn }) => burn)),
    fuel: sumAmounts(items.map(({ fuel }) => fuel)),
  };
}
