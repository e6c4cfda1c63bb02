import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import type { PurposeHandler } from '../operations/purposes.ts';
import type { Address } from '../chain/address.ts';
import { returnCapacity } from '../capacity/capacity.ts';
import { announceProgress } from './order-progress.ts';
import { RECLAIM } from './order-purposes.ts';

/** In one block; what is left over comes with the next. */
const BUNCH = 500;

interface EndedRental {
  id: string;
  order_id: string;
  receiver: Address;
  stake_sun: bigint;
  owner: Address;
  permission_id: number;
}

/**
 * Takes back what has ended by the chain's clock: an undelegation of the exact sun that was
 * delegated, never of what its Energy needs today.
 * @param chainTimeMs time of the solid block that is being read
 */
export async function beginReclaims(
  em: EntityManager,
  ids: IdMaker,
  chainTimeMs: number,
): Promise<void> {
  const ended = await query<EndedRental>(
    em,
    `select r.id, r.order_id, r.receiver, r.stake_sun, w.address as owner, w.permission_id
     from rentals r join wallets w on w.id = r.wallet_id
     where r.state = 'ACTIVE' and r.ends_at <= to_timestamp($1 / 1000.0)
     order by r.ends_at, r.id limit ${BUNCH.toString()} for no key update of r`,
    [chainTimeMs],
  );
  if (ended.length === 0) return;
  await because(em, 'the rental ended');
  await query(em, `update rentals set state = 'RECLAIMING' where id = any($1::uuid[])`, [
    ended.map(({ id }) => id),
  ]);
  await intendOperations(
    em,
    ended.map((rental) => ({
      id: ids.next(),
      effect: {
        kind: 'undelegate',
        owner: rental.owner,
        receiver: rental.receiver,
        amountSun: rental.stake_sun,
        resource: 'ENERGY',
      },
      permissionId: rental.permission_id,
      purpose: RECLAIM,
      reference: rental.id,
      deadlineAt: null,
    })),
  );
  await announceProgress(
    em,
    ended.map(({ order_id }) => order_id),
  );
}

/** What the fate of an undelegation means for the rental. It is tried until it is done. */
export const reclaimRentals: PurposeHandler = {
  sending: () => Promise.resolve(),
  included: () => Promise.resolve(),
  removed: () => Promise.resolve(),
  dead: () => Promise.resolve(new Map()),
  abandoned: () => Promise.resolve(),

  async solid(em, fates) {
    const rentals = await query<{ order_id: string }>(
      em,
      `update rentals r set state = 'RECLAIMED', reclaimed_at = to_timestamp(b.time_ms / 1000.0)
       from unnest($1::uuid[], $2::bigint[]) as b(id, time_ms) where r.id = b.id
       returning r.order_id`,
      [fates.map(({ reference }) => reference), fates.map(({ block }) => block.timeMs)],
    );
    await returnCapacity(
      em,
      fates.map(({ reference, block }) => ({ sliceId: reference, block: block.number })),
    );
    await announceProgress(
      em,
      rentals.map(({ order_id }) => order_id),
    );
  },
};
