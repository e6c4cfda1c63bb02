import { hash } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { lastly, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import type { Outcome } from '../kernel/batch.ts';
import { type DomainError, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Address } from '../chain/address.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { InsufficientBalance, UserLimitReached } from '../users/user.errors.ts';
import { isLimited, limitsOf } from '../users/user-limits.ts';
import type { UserRef } from '../users/user-ref.ts';
import type { UserRow } from '../users/user-row.ts';
import { deliverableEnergy } from '../capacity/allocate.ts';
import { allocationTerms } from '../capacity/kept-back.ts';
import type { BatchesInFlight, BatchTaken } from './batches-in-flight.ts';
import { decideOrder, type Decided, OutOfStock, type PlacingState } from './decide-order.ts';
import { InsufficientStock } from './order-placing.errors.ts';
import type { OrderRow } from './order-rows.ts';
import { keyOf, readPicture, readPictureBehindLocks } from './placing-picture.ts';
import { writeOrders } from './write-orders.ts';

export interface PlaceOrderCommand {
  /** Namespace of the client order ids: `client:<id>` or `operator:<id>`. */
  readonly caller: string;
  readonly clientId: string | null;
  readonly actor: Actor;
  readonly clientOrderId: string;
  readonly user: UserRef;
  readonly energy: bigint;
  readonly duration: string;
  readonly receiver: Address;
  readonly maxPriceSun: bigint | null;
  /** The request, as the audit log names it. */
  readonly origin: { readonly requestId: string; readonly remoteAddress: string };
}

/** A command with what was found out about it before the transaction. */
export interface ExaminedCommand extends PlaceOrderCommand {
  /** Why it cannot be taken now; an order that was placed earlier is answered all the same. */
  readonly obstacle: DomainError | undefined;
}

export interface PlacedOrder {
  readonly orderId: string;
  /** As it was placed; undefined for one that was placed earlier and has moved on since. */
  readonly asPlaced?: OrderRow;
}

export interface PlacingTerms {
  readonly ids: IdMaker;
  readonly ratio: ResourceRatio;
  /** Writes who placed what, in the same transaction. */
  readonly record: (em: EntityManager, placed: readonly Decided[]) => Promise<void>;
  /**
   * With it wallets and accounts are not locked before they are written, and what they have left is a
   * guess that PostgreSQL judges last; without it they are locked first, and what is decided is exact.
   */
  readonly unlocked?: { readonly batch: BatchTaken; readonly inFlight: BatchesInFlight };
}

type MaybeOutcome = Outcome<PlacedOrder> | undefined;

/**
 * Places a batch of orders of one actor: each is paid for, has its capacity and its operations, or
 * leaves nothing. One that cannot be placed fails alone. The same client order id with the same
 * content answers with the order that there is.
 *
 * Lock order: wallets, then users' accounts.
 * @returns undefined for what can only be refused, or only be judged, behind the locks
 * @throws what `isOvertaken` knows, when nothing was locked and somebody else was faster
 */
export async function placeOrders(
  em: EntityManager,
  commands: readonly ExaminedCommand[],
  { ids, ratio, record, unlocked }: PlacingTerms,
): Promise<MaybeOutcome[]> {
  unlocked?.batch.clear();
  // Who is in flight now may commit behind the reading, who is in flight afterwards before it: both count.
  const before = unlocked?.inFlight.beside(unlocked.batch) ?? [];
  const picture = await (unlocked ? readPicture : readPictureBehindLocks)(em, ids, commands);
  const { users, settings, wallets, accounts, known } = picture;
  const state: PlacingState = {
    ...picture,
    terms: allocationTerms(settings.values, ratio),
    free: new Map(wallets.map((wallet) => [wallet.walletId, { ...wallet }])),
    available: new Map([...accounts].map(([userId, { available }]) => [userId, available.balance])),
  };
  for (const batch of new Set([...before, ...(unlocked?.inFlight.beside(unlocked.batch) ?? [])])) {
    takeAway(state, batch);
  }

  const decided: Decided[] = [];
  const outcomes = commands.map((command, index): MaybeOutcome => {
    const user = users[index];
    const contentHash = hashOf(command, user);
    const earlier = known.get(keyOf(command));
    if (earlier) {
      return earlier.contentHash.equals(contentHash)
        ? { ok: { orderId: earlier.orderId } }
        : { error: new IdempotencyConflict(CONFLICT, { field: 'input.clientOrderId' }) };
    }
    if (unlocked && user && isLimited(limitsOf(user, settings.values))) return undefined;
    try {
      if (command.obstacle) throw command.obstacle;
      const order = decideOrder(command, user, state);
      unlocked?.batch.add(order.allocation.shares, order.user.id, order.price.priceSun);
      const orderId = ids.next();
      decided.push({ ...order, orderId, contentHash });
      known.set(keyOf(command), { orderId, contentHash });
      return { ok: { orderId } };
    } catch (error) {
      if (unlocked && isShortage(error)) return undefined;
      if (error instanceof Error) return { error };
      throw error;
    }
  });
  const told = outcomes.some(isOutOfStock)
    ? await tellStock(em, outcomes, commands, state)
    : outcomes;
  const [, rows] = await lastly(em, () =>
    Promise.all([
      record(em, decided),
      writeOrders(em, inOrderOfKeys(decided), {
        ...{ ids, settings, accounts, wallets, now: picture.now },
        locks: unlocked ? 'LAST' : 'HELD',
      }),
    ]),
  );
  const placed = new Map(rows.map((row) => [row.id, row]));
  return told.map((outcome): MaybeOutcome => {
    const asPlaced = outcome && 'ok' in outcome && placed.get(outcome.ok.orderId);
    return asPlaced ? { ok: { orderId: asPlaced.id, asPlaced } } : outcome;
  });
}

/** What another batch has taken and not committed is gone for this one. */
function takeAway({ free, available }: PlacingState, batch: BatchTaken): void {
  for (const [walletId, sun] of batch.stakeSun) {
    const wallet = free.get(walletId);
    if (wallet) free.set(walletId, { ...wallet, freeSun: wallet.freeSun - sun });
  }
  for (const [userId, sun] of batch.spentSun) {
    const balance = available.get(userId);
    if (balance !== undefined) available.set(userId, balance - sun);
  }
}

/** Refusals that are only true of what is locked. */
function isShortage(error: unknown): boolean {
  return (
    error instanceof OutOfStock ||
    error instanceof InsufficientBalance ||
    error instanceof UserLimitReached
  );
}

/** Two batches with the same orders wait for each other's keys in one order. */
function inOrderOfKeys(orders: readonly Decided[]): Decided[] {
  return orders.toSorted((one, other) =>
    one.command.clientOrderId < other.command.clientOrderId ? -1 : 1,
  );
}

const CONFLICT =
  'Another order was placed with this client order id; use a new id for another order.';

function hashOf(command: PlaceOrderCommand, user: UserRow | undefined): Buffer {
  const { energy, duration, receiver } = command;
  const content = JSON.stringify([user?.id, energy.toString(), duration, receiver]);
  return hash('sha256', content, 'buffer');
}

function isOutOfStock(outcome: MaybeOutcome): boolean {
  return outcome !== undefined && 'error' in outcome && outcome.error instanceof OutOfStock;
}

/** Puts the figures that a buyer wants to know into the refusals. */
async function tellStock(
  em: EntityManager,
  outcomes: readonly MaybeOutcome[],
  commands: readonly PlaceOrderCommand[],
  state: PlacingState,
): Promise<MaybeOutcome[]> {
  const next = await queryOne<{ ends_at: Date | null }>(
    em,
    `select min(ends_at) as ends_at from rentals where state = 'ACTIVE'`,
  );
  const available = deliverableEnergy([...state.free.values()], state.terms);
  return outcomes.map((outcome, index) => {
    if (!isOutOfStock(outcome)) return outcome;
    const { energy } = present(commands[index], 'command');
    return { error: new InsufficientStock(energy, available, next?.ends_at ?? null) };
  });
}
