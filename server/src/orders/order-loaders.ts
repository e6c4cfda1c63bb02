import type DataLoader from 'dataloader';
import type { Database } from '../database/database.ts';
import { mapLoader } from '../database/map-loader.ts';
import { type StateChangeRow, stateChangesOf } from '../database/state-changes.ts';
import { type OrderReasons, reasonsOfOrders } from './order-reasons.ts';
import {
  type OrderOnChain,
  type OrderRow,
  ordersByIds,
  ordersOfSlices,
  ordersOnChain,
} from './order-rows.ts';
import { type RentalRow, rentalsOfSlices, type SliceRow, slicesOfOrders } from './slice-rows.ts';

export interface OrderLoaders {
  readonly order: DataLoader<string, OrderRow | null>;
  readonly orderHistory: DataLoader<string, StateChangeRow[]>;
  readonly orderOnChain: DataLoader<string, OrderOnChain | null>;
  /** The order of a slice, and so of its chain operations and its rental, which have its id. */
  readonly orderOfSlice: DataLoader<string, OrderRow | null>;
  /** Why an order costs what it does and is delivered by whom it is. */
  readonly orderReasons: DataLoader<string, OrderReasons | null>;
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
    orderReasons: mapLoader(database, reasonsOfOrders, () => null),
    slices: mapLoader(database, slicesOfOrders, () => []),
    rental: mapLoader(database, rentalsOfSlices, () => null),
  };
}
