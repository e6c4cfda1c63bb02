import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { Fate, FateInBlock, PurposeHandler, Verdict } from '../operations/purposes.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Address } from '../chain/address.ts';
import { captureCapacity, lockPool, releaseCapacity } from '../capacity/capacity.ts';
import { quarantineWallets, REFUSED_THE_WALLET } from '../wallets/quarantine-wallets.ts';
import { refusalSubject } from '../wallets/refused-answer.ts';
import { concludeOrders } from './conclude-orders.ts';
import { DELIVER } from './order-purposes.ts';
import { announceProgress, announceProgressOf } from './order-progress.ts';
import { recogniseRevenue } from './recognise-revenue.ts';
import { replaceSlices, type ReplacingParts } from './replace-slices.ts';

const PROCESSING = prepared(
  `update orders set state = 'PROCESSING', processing_at = desk_now(), updated_at = desk_now()
   where id in (select order_id from order_slices where id = any($1::uuid[])) and state = 'PENDING'`,
);

/** What the fate of a delegation means for the slice and the order that it delivers. */
export class DeliverOrders implements PurposeHandler {
  readonly #replacing: ReplacingParts;

  constructor(replacing: ReplacingParts) {
    this.#replacing = replacing;
  }

  async sending(em: EntityManager, fates: readonly Fate[]): Promise<void> {
    const sliceIds = fates.map(({ reference }) => reference);
    // In this order and in one go.
    await Promise.all([
      moveSlices(em, fates, 'DELEGATING'),
      query(em, PROCESSING, [sliceIds]),
      announceProgressOf(em, sliceIds),
    ]);
  }

  async included(em: EntityManager, fates: readonly FateInBlock[]): Promise<void> {
    const orderIds = await moveSlices(em, fates, 'DELIVERED');
    await Promise.all([complete(em, orderIds, latestBlock(fates)), announceProgress(em, orderIds)]);
  }

  async removed(em: EntityManager, fates: readonly Fate[]): Promise<void> {
    const orderIds = await moveSlices(em, fates, 'DELEGATING');
    await query(
      em,
      `update orders
       set state = 'PROCESSING', completed_at = null, rental_ends_at = null, updated_at = desk_now()
       where id = any($1::uuid[]) and state = 'COMPLETED'`,
      [orderIds],
    );
    await announceProgress(em, orderIds);
  }

  async solid(em: EntityManager, fates: readonly FateInBlock[]): Promise<void> {
    const orderIds = await moveSlices(em, fates, 'DELIVERED');
    await complete(em, orderIds, latestBlock(fates));
    await beginRentals(em, fates);
    await captureCapacity(
      em,
      fates.map(({ reference }) => reference),
    );
    await recogniseRevenue(em, orderIds);
    await concludeOrders(em, orderIds);
    await announceProgress(em, orderIds);
  }

  /** A node's word is no proof of death, but it may tell which wallet shall not try again. */
  async dead(em: EntityManager, fates: readonly Fate[]): Promise<ReadonlyMap<string, Verdict>> {
    const rows = await query<{ slice_id: string; again: boolean }>(
      em,
      `select s.id as slice_id,
              o.deadline_at > desk_now() and not coalesce(a.last_answer ~ $3, false) as again
       from order_slices s join orders o on o.id = s.order_id
       join unnest($1::uuid[], $2::text[]) as f(slice_id, txid) on f.slice_id = s.id
       join attempts a on a.txid = f.txid
       order by o.id for no key update of o`,
      [fates.map(({ reference }) => reference), fates.map(({ txid }) => txid), REFUSED_THE_WALLET],
    );
    const again = new Map(rows.map((row) => [row.slice_id, row.again]));
    await returnToProcessing(em, fates);
    const { values } = await readSettings(em);
    await quarantineWallets(
      em,
      fates.map(({ effect }) => effect.owner),
      values['wallets.quarantineAfter'],
    );
    return new Map(
      fates.map(({ operationId, reference }) => [
        operationId,
        again.get(reference) ? 'RETRY' : 'ABANDON',
      ]),
    );
  }

  /** Within the order's deadline other wallets take over; after it the order fails. */
  async abandoned(
    em: EntityManager,
    fates: readonly Pick<Fate, 'operationId' | 'reference'>[],
  ): Promise<void> {
    const sliceIds = fates.map(({ reference }) => reference);
    const orderIds = await moveSlices(em, fates, 'DROPPED');
    await lockPool(em);
    await releaseCapacity(em, sliceIds);
    const hopeless = await undeliverable(em, sliceIds);
    await replaceSlices(
      em,
      sliceIds.filter((id) => !hopeless.has(id)),
      this.#replacing,
    );
    await concludeOrders(em, orderIds, [...hopeless.values()]);
    await announceProgress(em, orderIds);
  }
}

/**
 * Slices whose receiver cannot be delivered to by any wallet, with their orders, by what a node said
 * of an attempt that is proved dead.
 */
async function undeliverable(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await query<{
    id: string;
    order_id: string;
    owner: Address;
    receiver: Address;
    answer: string;
  }>(
    em,
    `select distinct on (s.id) s.id, s.order_id, o.owner, o.receiver, a.last_answer as answer
     from order_slices s
     join chain_operations o on o.reference = s.id and o.purpose = $2
     join attempts a on a.operation_id = o.id and a.state = 'DEAD' and a.last_answer is not null
     where s.id = any($1::uuid[]) order by s.id, a.timestamp_ms desc`,
    [sliceIds, DELIVER],
  );
  return new Map(
    rows
      .filter(
        ({ answer, owner, receiver }) => refusalSubject(answer, { owner, receiver }) === 'RECEIVER',
      )
      .map(({ id, order_id }) => [id, order_id]),
  );
}

/**
 * Moves the slices that are not there yet, with their orders locked first in order of their ids.
 * @returns the orders
 */
async function moveSlices(
  em: EntityManager,
  fates: readonly Pick<Fate, 'reference'>[],
  state: 'DELEGATING' | 'DELIVERED' | 'DROPPED',
): Promise<string[]> {
  const sliceIds = fates.map(({ reference }) => reference);
  // In this order and in one go.
  const [orders] = await Promise.all([
    query<{ id: string }>(em, LOCK_ORDERS, [sliceIds]),
    // A birth state may be passed over when the chain was faster than our head follower.
    state === 'DELIVERED' ? query(em, BEGIN_DELEGATING, [sliceIds]) : [],
    query(em, MOVE_SLICES, [sliceIds, state]),
  ]);
  return orders.map(({ id }) => id);
}

const LOCK_ORDERS = prepared(
  `select id from orders
   where id in (select order_id from order_slices where id = any($1::uuid[]))
   order by id for no key update`,
);

const BEGIN_DELEGATING = prepared(
  `update order_slices set state = 'DELEGATING' where id = any($1::uuid[]) and state = 'RESERVED'`,
);

const MOVE_SLICES = prepared(
  `update order_slices set state = $2 where id = any($1::uuid[]) and state <> $2`,
);

/** An attempt that was seen in a block and then proved dead had completed its order too early. */
async function returnToProcessing(em: EntityManager, fates: readonly Fate[]): Promise<void> {
  const sliceIds = fates.map(({ reference }) => reference);
  await query(
    em,
    `update order_slices set state = 'DELEGATING' where id = any($1::uuid[]) and state = 'DELIVERED'`,
    [sliceIds],
  );
  await query(
    em,
    `update orders
     set state = 'PROCESSING', completed_at = null, rental_ends_at = null, updated_at = desk_now()
     where state = 'COMPLETED'
       and id in (select order_id from order_slices where id = any($1::uuid[]))`,
    [sliceIds],
  );
}

/** Orders whose every remaining slice is delivered; the rental runs from the last block on. */
async function complete(
  em: EntityManager,
  orderIds: readonly string[],
  blockTimeMs: number,
): Promise<void> {
  await query(
    em,
    `update orders o
     set state = 'COMPLETED', completed_at = desk_now(), updated_at = desk_now(),
         rental_ends_at = to_timestamp($2 / 1000.0) + make_interval(secs => o.duration_seconds)
     where o.id = any($1::uuid[]) and o.state = 'PROCESSING'
       and (select sum(s.energy) from order_slices s
            where s.order_id = o.id and s.state = 'DELIVERED') = o.energy`,
    [orderIds, blockTimeMs],
  );
}

function latestBlock(fates: readonly FateInBlock[]): number {
  return Math.max(...fates.map(({ block }) => block.timeMs));
}

/** From the time of the solid block, by the chain's clock. */
async function beginRentals(em: EntityManager, fates: readonly FateInBlock[]): Promise<void> {
  const rentals = await query<{ id: string }>(
    em,
    `insert into rentals (id, order_id, wallet_id, receiver, energy, stake_sun, state, starts_at, ends_at)
     select s.id, o.id, s.wallet_id, o.receiver, s.energy, s.stake_sun, 'ACTIVE',
            to_timestamp(b.time_ms / 1000.0),
            to_timestamp(b.time_ms / 1000.0) + make_interval(secs => o.duration_seconds)
     from unnest($1::uuid[], $2::bigint[]) as b(slice_id, time_ms)
     join order_slices s on s.id = b.slice_id join orders o on o.id = s.order_id
     returning id`,
    [fates.map(({ reference }) => reference), fates.map(({ block }) => block.timeMs)],
  );
  present(rentals[0], 'rental');
}
