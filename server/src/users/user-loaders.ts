import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { usersByIds } from './find-users.ts';
import { type UserAddressRow, userAddressesOf } from './user-addresses.ts';
import {
  type BalanceRow,
  balancesOf,
  depositedBy,
  type MoneyTotal,
  type OrderTotals,
  orderTotalsOf,
  withdrawnBy,
} from './user-figures.ts';
import { type DayUsage, dayUsageOf, NOTHING_USED } from './user-limits.ts';
import { type UserNoteRow, userNotesOf } from './user-notes.ts';
import type { UserRow } from './user-row.ts';

/** All by the user's id. */
export interface UserLoaders {
  readonly user: DataLoader<string, UserRow | null>;
  readonly balances: DataLoader<string, BalanceRow[]>;
  readonly userAddresses: DataLoader<string, UserAddressRow[]>;
  readonly orderTotals: DataLoader<string, OrderTotals>;
  readonly deposited: DataLoader<string, MoneyTotal[]>;
  readonly withdrawn: DataLoader<string, MoneyTotal[]>;
  readonly dayUsage: DataLoader<string, DayUsage>;
  readonly userNotes: DataLoader<string, UserNoteRow[]>;
}

export function makeUserLoaders(database: Database): UserLoaders {
  return {
    user: mapLoader(database, usersByIds, () => null),
    balances: mapLoader(database, balancesOf, () => []),
    userAddresses: mapLoader(database, userAddressesOf, () => []),
    orderTotals: mapLoader(database, orderTotalsOf, () => ({ orders: 0, spentSun: 0n })),
    deposited: mapLoader(database, depositedBy, () => []),
    withdrawn: mapLoader(database, withdrawnBy, () => []),
    dayUsage: mapLoader(database, dayUsageOf, () => NOTHING_USED),
    userNotes: mapLoader(database, userNotesOf, () => []),
  };
}
