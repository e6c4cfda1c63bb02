import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import {
  type OrderOnChain,
  type OrderRow,
  ordersByIds,
  ordersOfSlices,
  ordersOnChain,
} from './order-rows.ts';
import { type RentalRow, rentalsOfSlices, type SliceRow, slicesOfOrders } from './slice-rows.ts';
import { choicesOfOrders, type RecordedChoice } from './wallet-choices.ts';

export interface OrderLoaders {
  readonly order: DataLoader<string, OrderRow | null>;
  readonly orderHistory: DataLoader<string, StateChangeRow[]>;
  readonly orderOnChain: DataLoader<string, OrderOnChain | null>;
  /** The order of a slice, and so of its chain operations and its rental, which have its id. */
  readonly orderOfSlice: DataLoader<string, OrderRow | null>;
  /** How the wallets of an order were chosen, each time. */
  readonly walletChoices: DataLoader<string, RecordedChoice[]>;
  /** The slices of an order, by its id. */
  readonly slices: DataLoader<string, SliceRow[]>;
  /** The rental of a slice, by its id. */
  readonly rental: DataLoader<string, RentalRow | null>;
}

export function makeOrderLoaders(database: Database): OrderLoaders {
  return {
    order: mapLoader(database, ordersByIds, () => null),
    orderHistory: mapLoader(
      database,
      (em, ids) => stateChangesOf(em, 'order', ids),
      () => [],
    ),
    orderOnChain: mapLoader(database, ordersOnChain, () => null),
    orderOfSlice: mapLoader(database, ordersOfSlices, () => null),
    walletChoices: mapLoader(database, choicesOfOrders, () => []),
    slices: mapLoader(database, slicesOfOrders, () => []),
    rental: mapLoader(database, rentalsOfSlices, () => null),
  };
}
