import { expect, test } from 'vitest';
import type { StakeFactsFragment } from '../graphql/generated/graphql.ts';
import { maturingDays } from './maturing.ts';

const entry = (
  label: string,
  unstaking: StakeFactsFragment['unstaking'],
): Pick<StakeFactsFragment, 'wallet' | 'unstaking'> => ({
  wallet: { id: label, label } as StakeFactsFragment['wallet'],
  unstaking,
});
const one = (amount: string, at: string, matured = false) => ({
  amount,
  at,
  matured,
  resource: 'ENERGY' as const,
});

test('what matured stands first, then each day with its wallets, the soonest first', () => {
  const entries = [
    entry('A', [one('1', '2026-01-05T12:00:00'), one('2', '2026-01-01T12:00:00', true)]),
    entry('B', [one('3', '2026-01-03T12:00:00'), one('4', '2026-01-05T09:00:00')]),
  ] as StakeFactsFragment[];
  const days = maturingDays(entries);
  expect(days.map(({ rows }) => rows.map(({ amount }) => amount))).toEqual([
    ['2'],
    ['3'],
    ['4', '1'],
  ]);
  expect(days[0]?.day).toBeUndefined();
  expect(new Date(days[1]?.day ?? 0).getDate()).toBe(3);
});
