import { startOfDay } from '../format/time.ts';
import type { StakeFactsFragment, UnstakedResource } from '../graphql/generated/graphql.ts';

export type Maturing = {
  id: string;
  wallet: { id: string; label: string };
  amount: string;
  resource: UnstakedResource;
  at: string;
  matured: boolean;
};

export type MaturingDay = {
  /** Start of the local day in ms since 1970; undefined for what has matured already. */
  day: number | undefined;
  rows: Maturing[];
};

/** What matures by local day, the matured first, then the soonest. */
export function maturingDays(entries: readonly StakeFactsFragment[]): MaturingDay[] {
  const all = entries.flatMap(({ wallet, unstaking }) =>
    unstaking.map((one, index): Maturing => ({
      ...one,
      id: `${wallet.id}-${index}`,
      wallet: { id: wallet.id, label: wallet.label },
    })),
  );
  const days = new Map<number | undefined, Maturing[]>();
  for (const one of all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const day = one.matured ? undefined : startOfDay(Date.parse(one.at));
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  const matured = days.get(undefined);
  return [
    ...(matured === undefined ? [] : [{ day: undefined, rows: matured }]),
    ...[...days].filter(([day]) => day !== undefined).map(([day, rows]) => ({ day, rows })),
  ];
}
