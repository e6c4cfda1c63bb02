import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import type { Address } from '../chain/address.ts';
import type { Share } from '../capacity/allocate.ts';
import { reserveCapacity, reserveUnlocked, type SellingWallet } from '../capacity/capacity.ts';
import { DELIVER } from './order-purposes.ts';

/** What some wallets shall deliver of an order. */
export interface NewSlices {
  readonly orderId: string;
  readonly receiver: Address;
  readonly deadlineAt: Date;
  /** Place of the first of them among the order's slices, from 1. */
  readonly firstPosition: number;
  readonly shares: readonly Share[];
}

const INSERT = prepared(
  `insert into order_slices (id, order_id, position, wallet_id, energy, stake_sun, state)
   select *, 'RESERVED'
   from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::bigint[], $6::bigint[])`,
);

/**
 * Writes slices with what they need: the promise of capacity and the intended delegation.
 * @param locks whether `lockSellingWallets` holds the wallets, or they are locked and judged last
 * @throws what `isOvertaken` knows in the latter case
 */
export async function addSlices(
  em: EntityManager,
  ids: IdMaker,
  orders: readonly NewSlices[],
  sellingWallets: readonly SellingWallet[],
  locks: 'HELD' | 'LAST' = 'HELD',
): Promise<void> {
  const wallets = new Map(sellingWallets.map((wallet) => [wallet.walletId, wallet]));
  const slices = orders.flatMap((order) =>
    order.shares.map((share, index) => ({
      ...share,
      id: ids.next(),
      position: order.firstPosition + index,
      order,
      wallet: present(wallets.get(share.walletId), 'wallet of the share'),
    })),
  );
  const reservations = slices.map(({ id, walletId, stakeSun }) => ({
    sliceId: id,
    walletId,
    sun: stakeSun,
  }));
  await Promise.all([
    query(em, INSERT, [
      slices.map(({ id }) => id),
      slices.map(({ order }) => order.orderId),
      slices.map(({ position }) => position),
      slices.map(({ walletId }) => walletId),
      slices.map(({ energy }) => energy),
      slices.map(({ stakeSun }) => stakeSun),
    ]),
    intendOperations(
      em,
      slices.map(({ id, wallet, stakeSun, order }) => ({
        id: ids.next(),
        effect: {
          kind: 'delegate',
          owner: wallet.address,
          receiver: order.receiver,
          amountSun: stakeSun,
          resource: 'ENERGY',
        },
        permissionId: wallet.permissionId,
        purpose: DELIVER,
        reference: id,
        deadlineAt: order.deadlineAt,
      })),
    ),
    locks === 'HELD'
      ? reserveCapacity(em, reservations)
      : reserveUnlocked(em, reservations, sellingWallets),
  ]);
}
