import { priceOrder, type Price } from '../pricing/price-order.ts';
import { type CompiledSafeMode, refusalOf } from '../safety/safe-mode.ts';
import { RefusedBySafeMode } from '../safety/safety.errors.ts';
import type { Settings } from '../settings/read-settings.ts';
import { UnknownUser, InsufficientBalance, UserBlocked } from '../users/user.errors.ts';
import { checkLimits, type DayUsage, limitsOf, NOTHING_USED } from '../users/user-limits.ts';
import type { UserRow } from '../users/user-row.ts';
import {
  allocate,
  type Allocation,
  type AllocationTerms,
  takeShares,
} from '../capacity/allocate.ts';
import type { SellingWallet } from '../capacity/capacity.ts';
import { AddressIsOurs, PriceChanged, SalesPaused } from './order-placing.errors.ts';
import type { PlaceOrderCommand } from './place-orders.ts';

/** What a batch has left, as its members are decided one after the other. */
export interface PlacingState {
  readonly settings: Settings;
  readonly safeMode: CompiledSafeMode;
  readonly terms: AllocationTerms;
  readonly free: Map<string, SellingWallet>;
  /** Each user's available sun. */
  readonly available: Map<string, bigint>;
  /** What users with a limit have bought within the last 24 hours. */
  readonly usage: Map<string, DayUsage>;
  /** Receivers of this batch that are wallets of the pool. */
  readonly ours: ReadonlySet<string>;
}

export interface DecidedOrder {
  readonly command: PlaceOrderCommand;
  readonly user: UserRow;
  readonly price: Price;
  readonly allocation: Allocation;
}

export interface Decided extends DecidedOrder {
  readonly orderId: string;
  readonly contentHash: Buffer;
}

/** The pool cannot deliver; the figures are added where they are known. */
export class OutOfStock extends Error {}

/**
 * Whether this order is taken, given what its predecessors in the batch have taken already; if so,
 * its price and capacity are gone from the state.
 * @throws the DomainError that says why not; the state is then as before
 */
export function decideOrder(
  command: PlaceOrderCommand,
  user: UserRow | undefined,
  state: PlacingState,
): DecidedOrder {
  const { values } = state.settings;
  if (!values['sales.open']) {
    throw new SalesPaused(values['sales.closedReason'] || 'sales are closed');
  }
  const refusal = refusalOf(state.safeMode, 'ENERGY');
  if (refusal !== undefined) throw new RefusedBySafeMode(refusal);
  if (!user) throw new UnknownUser();
  if (user.standing === 'BLOCKED') throw new UserBlocked();
  if (state.ours.has(command.receiver)) throw new AddressIsOurs(command.receiver);
  const price = priceOrder(values, command);
  if (command.maxPriceSun !== null && price.priceSun > command.maxPriceSun) {
    throw new PriceChanged(price.priceSun, command.maxPriceSun);
  }
  const used = state.usage.get(user.id) ?? NOTHING_USED;
  checkLimits(limitsOf(user, values), used, price.priceSun);
  const available = state.available.get(user.id) ?? 0n;
  if (available < price.priceSun) {
    throw new InsufficientBalance(price.priceSun, available, 'TRX', 'input.user');
  }
  const allocation = allocate(command.energy, [...state.free.values()], state.terms);
  if (!allocation) throw new OutOfStock();

  state.available.set(user.id, available - price.priceSun);
  state.usage.set(user.id, {
    orders: used.orders + 1,
    spentSun: used.spentSun + price.priceSun,
  });
  takeShares(allocation, state.free);
  return { command, user, price, allocation };
}
