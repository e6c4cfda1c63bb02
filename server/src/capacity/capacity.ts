import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { violates } from '../database/database-errors.ts';
import { query } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Address } from '../chain/address.ts';
import { sum } from '../kernel/money.ts';
import type { Candidate } from './allocation-strategies.ts';
import { type Reserve, splitFree } from './kept-back.ts';

export interface SellingWallet extends Candidate {
  readonly address: Address;
  readonly permissionId: number;
  /** As much may be promised in all, what is promised already included. */
  readonly mostCommittedSun: bigint;
}

/** Whether a transaction that locked nothing first has failed because another was faster: choose again behind locks. */
export function isOvertaken(error: unknown): boolean {
  return (
    violates(error, 'stake_overtaken') ||
    violates(error, 'wallets_not_oversold') ||
    violates(error, 'user_balance_not_negative')
  );
}

/**
 * The wallets that sell, locked in order of their ids, so that what is free stays so until the
 * promise is written.
 */
export async function lockSellingWallets(
  em: EntityManager,
  reserve: Reserve,
): Promise<SellingWallet[]> {
  return sparing(await query(em, LOCK_SELLING), reserve);
}

/**
 * The wallets that sell, as they are at this moment: nothing keeps them so.
 * @returns them, given what they keep back
 */
export async function sellingWallets(
  em: EntityManager,
): Promise<(reserve: Reserve) => SellingWallet[]> {
  const rows = await query<SellingRow>(em, SELLING);
  return (reserve) => sparing(rows, reserve);
}

const SELLING = prepared(
  `select id, address, label, permission_id, staked_sun as staked, sellable_sun as sellable,
          committed_sun as committed
   from wallets
   where state = 'ACTIVE' and address <> all ((select refused_wallets from safe_mode)::text[])
   order by id`,
);

const LOCK_SELLING = prepared(`${SELLING} for no key update`);

interface SellingRow {
  readonly id: string;
  readonly address: Address;
  readonly label: string;
  readonly permission_id: number;
  readonly staked: bigint;
  readonly sellable: bigint;
  readonly committed: bigint;
}

function sparing(rows: readonly SellingRow[], reserve: Reserve): SellingWallet[] {
  return rows.map((row) => {
    const { free } = splitFree(row, reserve);
    return {
      walletId: row.id,
      address: row.address,
      label: row.label,
      permissionId: row.permission_id,
      stakedSun: row.staked,
      freeSun: free,
      mostCommittedSun: row.committed + free,
    };
  });
}

/** Holds what is promised of every wallet still: locks them all in order of their ids. */
export async function lockPool(em: EntityManager): Promise<void> {
  await query(em, 'select from wallets order by id for no key update');
}

export interface NewReservation {
  readonly sliceId: string;
  readonly walletId: string;
  readonly sun: bigint;
}

/** Promises stake to slices. The wallets are locked by {@link lockSellingWallets}. */
export async function reserveCapacity(
  em: EntityManager,
  reservations: readonly NewReservation[],
): Promise<void> {
  if (reservations.length === 0) return;
  await Promise.all([
    insertReservations(em, reservations),
    addCommitted(
      em,
      reservations.map(({ walletId, sun }) => ({ wallet_id: walletId, sun })),
    ),
  ]);
}

/**
 * Promises stake of wallets that were chosen without a lock. They are locked here, and hold what was
 * counted on or nothing is promised.
 * @param chosenFrom the wallets as they were when they were chosen
 * @throws what {@link isOvertaken} knows
 */
export async function reserveUnlocked(
  em: EntityManager,
  reservations: readonly NewReservation[],
  chosenFrom: readonly SellingWallet[],
): Promise<void> {
  const promised = Map.groupBy(reservations, ({ walletId }) => walletId);
  const wallets = chosenFrom.filter(({ walletId }) => promised.has(walletId));
  const walletIds = wallets.map(({ walletId }) => walletId);
  await Promise.all([
    insertReservations(em, reservations),
    announceInventory(em, walletIds),
    query(em, LOCK, [walletIds]),
    query(em, ADD_IF_FREE, [
      walletIds,
      walletIds.map((id) => sum((promised.get(id) ?? []).map((one) => one.sun))),
      wallets.map(({ mostCommittedSun }) => mostCommittedSun),
    ]),
  ]);
}

const LOCK = prepared(
  'select from wallets where id = any($1::uuid[]) order by id for no key update',
);

const ADD_IF_FREE = prepared(
  `with kept as (
     update wallets w set committed_sun = w.committed_sun + c.sun
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as c(id, sun, most)
     where w.id = c.id and w.state = 'ACTIVE' and w.committed_sun + c.sun <= c.most returning w.id)
   select insist((select count(*) from kept) = cardinality($1::uuid[]), 'stake_overtaken')`,
);

async function insertReservations(
  em: EntityManager,
  reservations: readonly NewReservation[],
): Promise<void> {
  await query(em, INSERT_RESERVATIONS, [
    reservations.map(({ sliceId }) => sliceId),
    reservations.map(({ walletId }) => walletId),
    reservations.map(({ sun }) => sun),
  ]);
}

const INSERT_RESERVATIONS = prepared(
  `insert into reservations (id, wallet_id, sun, state)
   select *, 'HELD' from unnest($1::uuid[], $2::uuid[], $3::bigint[])`,
);

/** Gives back what was promised and never delegated. */
export async function releaseCapacity(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<void> {
  const released = await moveReservations(em, sliceIds, 'HELD', 'RELEASED');
  await changeCommitted(
    em,
    released.map(({ wallet_id, sun }) => ({ wallet_id, sun: -sun })),
  );
}

/** The delegation is in a solid block: what was promised is now out. */
export async function captureCapacity(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<void> {
  const captured = await moveReservations(em, sliceIds, 'HELD', 'CAPTURED');
  await announceInventory(
    em,
    captured.map(({ wallet_id }) => wallet_id),
  );
}

/**
 * The undelegation is in the solid block. The stake is free again once an observation of the wallet
 * has reached that block, since the buyer's use comes back with it and recovers first.
 */
export async function returnCapacity(
  em: EntityManager,
  returns: readonly { readonly sliceId: string; readonly block: number }[],
): Promise<void> {
  await query(
    em,
    `update reservations r set state = 'RETURNING', returned_block = b.block
     from unnest($1::uuid[], $2::bigint[]) as b(id, block) where r.id = b.id`,
    [returns.map(({ sliceId }) => sliceId), returns.map(({ block }) => block)],
  );
}

/** Frees what was undelegated, and forgets what was unstaked, up to the block at which the wallet was looked at. */
export async function finishReturns(
  em: EntityManager,
  walletId: string,
  observedBlock: number,
): Promise<void> {
  const returned = await query<{ wallet_id: string; sun: bigint }>(
    em,
    `update reservations set state = 'RETURNED'
     where wallet_id = $1 and state = 'RETURNING' and returned_block <= $2 returning wallet_id, sun`,
    [walletId, observedBlock],
  );
  const settled = await query<{ wallet_id: string; sun: bigint }>(
    em,
    `update wallet_holds set state = 'SETTLED'
     where wallet_id = $1 and state = 'SETTLING' and settled_block <= $2 returning wallet_id, sun`,
    [walletId, observedBlock],
  );
  await changeCommitted(
    em,
    [...returned, ...settled].map(({ wallet_id, sun }) => ({ wallet_id, sun: -sun })),
  );
}

function moveReservations(
  em: EntityManager,
  sliceIds: readonly string[],
  from: string,
  to: string,
): Promise<{ wallet_id: string; sun: bigint }[]> {
  return query(
    em,
    `update reservations set state = $3 where id = any($1::uuid[]) and state = $2
     returning wallet_id, sun`,
    [sliceIds, from, to],
  );
}

interface CommittedChange {
  readonly wallet_id: string;
  readonly sun: bigint;
}

/** Wallets are locked in order of their ids; `not_oversold` refuses a promise beyond what is there. */
export async function changeCommitted(
  em: EntityManager,
  changes: readonly CommittedChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await Promise.all([
    query(em, LOCK, [changes.map(({ wallet_id }) => wallet_id)]),
    addCommitted(em, changes),
  ]);
}

const ADD_COMMITTED = prepared(
  `update wallets w set committed_sun = w.committed_sun + c.sun
   from (select wallet_id, sum(sun)::bigint as sun
         from unnest($1::uuid[], $2::bigint[]) as change(wallet_id, sun) group by wallet_id) c
   where w.id = c.wallet_id`,
);

/** The wallets are locked. */
async function addCommitted(em: EntityManager, changes: readonly CommittedChange[]): Promise<void> {
  const walletIds = changes.map(({ wallet_id }) => wallet_id);
  await Promise.all([
    query(em, ADD_COMMITTED, [walletIds, changes.map(({ sun }) => sun)]),
    announceInventory(em, walletIds),
  ]);
}

/** Tells the live views that a wallet's stock is another. */
export async function announceInventory(
  em: EntityManager,
  walletIds: readonly string[],
): Promise<void> {
  await recordEvents(
    em,
    [...new Set(walletIds)].map((subjectId) => ({
      kind: 'inventory.changed',
      subjectKind: 'wallet',
      subjectId,
    })),
  );
}
