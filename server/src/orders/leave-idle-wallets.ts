import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import {
  abandonUnsent,
  lockHeldByWallet,
  type UnsentOperation,
} from '../operations/unsent-operations.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Address } from '../chain/address.ts';
import { allocate, takeShares } from '../capacity/allocate.ts';
import { lockPool, lockSellingWallets, releaseCapacity } from '../capacity/capacity.ts';
import { allocationTerms, reserveOf } from '../capacity/kept-back.ts';
import { addSlices, type NewSlices } from './add-slices.ts';
import { announceProgress } from './order-progress.ts';
import { DELIVER } from './order-purposes.ts';
import type { ReplacingParts } from './replace-slices.ts';
import { appendChoices, type MadeChoice } from './wallet-choices.ts';

/** In one go; what is left over comes with the next. */
const BUNCH = 200;

interface WaitingOrder {
  id: string;
  receiver: Address;
  deadline_at: Date;
  energy: bigint;
  positions: number;
  slice_ids: string[];
}

/**
 * Gives what paused and quarantined wallets, and those that the safe mode refuses, have promised, and
 * not sent, to other wallets that have the Energy free. What nobody else has waits: for its wallet, for
 * Energy, or for the order's deadline.
 * @returns how many orders were moved
 */
export async function leaveIdleWallets(
  em: EntityManager,
  { ids, ratio }: ReplacingParts,
): Promise<number> {
  const idle = await queryOne(
    em,
    `select from wallets where committed_sun > 0 and (state in ('PAUSED', 'QUARANTINED')
       or address = any((select refused_wallets from safe_mode)::text[])) limit 1`,
  );
  if (!idle) return 0;
  const operations = await lockHeldByWallet(em, DELIVER, BUNCH);
  if (operations.length === 0) return 0;
  const waiting = await lockOrders(em, operations);
  const { values } = await readSettings(em);
  const terms = allocationTerms(values, ratio());
  await lockPool(em);
  const wallets = await lockSellingWallets(em, reserveOf(values));
  const free = new Map(wallets.map((wallet) => [wallet.walletId, wallet]));
  const moved: WaitingOrder[] = [];
  const replacements: NewSlices[] = [];
  const choices: MadeChoice[] = [];
  for (const order of waiting) {
    const allocation = allocate(order.energy, [...free.values()], terms);
    if (!allocation) continue;
    takeShares(allocation, free);
    moved.push(order);
    choices.push({ orderId: order.id, choice: allocation.choice });
    replacements.push({
      orderId: order.id,
      receiver: order.receiver,
      deadlineAt: order.deadline_at,
      firstPosition: order.positions + 1,
      shares: allocation.shares,
    });
  }
  if (moved.length === 0) return 0;
  const sliceIds = moved.flatMap(({ slice_ids }) => slice_ids);
  const left = new Set(sliceIds);
  await abandonUnsent(
    em,
    operations.filter(({ reference }) => left.has(reference)),
    'its wallet delivers nothing now; another takes over',
  );
  await query(em, `update order_slices set state = 'DROPPED' where id = any($1::uuid[])`, [
    sliceIds,
  ]);
  await releaseCapacity(em, sliceIds);
  await addSlices(em, ids, replacements, wallets);
  await appendChoices(em, choices, 'TAKEN_OVER');
  await announceProgress(
    em,
    moved.map(({ id }) => id),
  );
  return moved.length;
}

/** The open orders of these operations, with the Energy of their waiting slices together. */
async function lockOrders(
  em: EntityManager,
  operations: readonly UnsentOperation[],
): Promise<WaitingOrder[]> {
  const references = operations.map(({ reference }) => reference);
  const locked = await query<{ id: string }>(
    em,
    `select id from orders
     where id in (select order_id from order_slices where id = any($1::uuid[]))
       and state in ('PENDING', 'PROCESSING') and deadline_at > desk_now()
     order by id for no key update`,
    [references],
  );
  return query<WaitingOrder>(
    em,
    `select o.id, o.receiver, o.deadline_at, sum(s.energy)::bigint as energy,
            array_agg(s.id) as slice_ids,
            (select max(position) from order_slices where order_id = o.id) as positions
     from orders o join order_slices s on s.order_id = o.id
     where o.id = any($1::uuid[]) and s.id = any($2::uuid[])
       and s.state in ('RESERVED', 'DELEGATING')
     group by o.id order by o.placed_at, o.id`,
    [locked.map(({ id }) => id), references],
  );
}
