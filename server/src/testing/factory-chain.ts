import { randomBytes } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';

/** Operations and attempts of a factory's order. Each function is one legal step of all its slices. */
async function attempt(
  em: EntityManager,
  ids: IdMaker,
  sliceIds: readonly string[],
  kind: 'DELEGATE' | 'UNDELEGATE',
): Promise<string[]> {
  const purpose = kind === 'DELEGATE' ? 'deliver' : 'reclaim';
  const txids = sliceIds.map(() => randomBytes(32).toString('hex'));
  await query(
    em,
    `insert into chain_operations
       (id, kind, owner, receiver, amount_sun, resource, permission_id, purpose, reference, state)
     select n.id, $3, w.address, o.receiver, s.stake_sun, 'ENERGY', 0, $4, s.id, 'INTENDED'
     from unnest($1::uuid[], $2::uuid[]) as n(id, slice)
     join order_slices s on s.id = n.slice join orders o on o.id = s.order_id
     join wallets w on w.id = s.wallet_id`,
    [sliceIds.map(() => ids.next()), sliceIds, kind, purpose],
  );
  await operationsGo(em, sliceIds, kind, 'ATTEMPTING');
  await query(
    em,
    `insert into attempts
       (id, operation_id, number, state, txid, owner, raw_data_hex, ref_block, timestamp_ms,
        expiration_ms, fence)
     select n.id, o.id, 1, 'BUILT', n.txid, o.owner, '00', 90,
            1800000000000 + (select count(*) from attempts) + n.nr, 1800000060000, 1
     from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality as n(id, slice, txid, nr)
     join chain_operations o on o.reference = n.slice and o.kind = $4`,
    [sliceIds.map(() => ids.next()), sliceIds, txids, kind],
  );
  await attemptsGo(em, sliceIds, kind, `state = 'SIGNED', signed_hex = '00'`);
  await attemptsGo(em, sliceIds, kind, `state = 'SENDING', sent_at = desk_now(), sends = 1`);
  return txids;
}

/** A signed delegation of each slice is on its way. @returns the txids */
export async function sendSlices(
  em: EntityManager,
  ids: IdMaker,
  sliceIds: readonly string[],
): Promise<string[]> {
  await slicesGo(em, sliceIds, 'DELEGATING');
  return attempt(em, ids, sliceIds, 'DELEGATE');
}

/** The delegations are in a block; if wished in a solid one, and the rentals begin. */
export async function deliverSlices(
  em: EntityManager,
  sliceIds: readonly string[],
  solid: boolean,
): Promise<void> {
  await land(em, sliceIds, 'DELEGATE', solid);
  await slicesGo(em, sliceIds, 'DELIVERED');
  if (!solid) return;
  await query(
    em,
    `insert into rentals
       (id, order_id, wallet_id, receiver, energy, stake_sun, state, starts_at, ends_at)
     select s.id, s.order_id, s.wallet_id, o.receiver, s.energy, s.stake_sun, 'ACTIVE',
            o.placed_at, o.placed_at + make_interval(secs => o.duration_seconds)
     from order_slices s join orders o on o.id = s.order_id where s.id = any($1::uuid[])`,
    [sliceIds],
  );
  await reservationsGo(em, sliceIds, 'CAPTURED');
}

/** The Energy of delivered, solid slices was taken back and can be sold again. */
export async function reclaimSlices(
  em: EntityManager,
  ids: IdMaker,
  sliceIds: readonly string[],
): Promise<void> {
  await query(em, `update rentals set state = 'RECLAIMING' where id = any($1::uuid[])`, [sliceIds]);
  await attempt(em, ids, sliceIds, 'UNDELEGATE');
  await land(em, sliceIds, 'UNDELEGATE', true);
  await query(
    em,
    `update rentals set state = 'RECLAIMED', reclaimed_at = desk_now() where id = any($1::uuid[])`,
    [sliceIds],
  );
  await reservationsGo(em, sliceIds, 'RETURNING');
  await reservationsGo(em, sliceIds, 'RETURNED');
  await uncommit(em, sliceIds);
}

/** The slices will not be delivered; what they reserved is free again. */
export async function dropSlices(em: EntityManager, sliceIds: readonly string[]): Promise<void> {
  await slicesGo(em, sliceIds, 'DROPPED');
  await reservationsGo(em, sliceIds, 'RELEASED');
  await uncommit(em, sliceIds);
}

async function land(
  em: EntityManager,
  sliceIds: readonly string[],
  kind: string,
  solid: boolean,
): Promise<void> {
  await attemptsGo(
    em,
    sliceIds,
    kind,
    `state = 'INCLUDED', included_block = 101, included_block_id = 'b', included_at = desk_now()`,
  );
  await operationsGo(em, sliceIds, kind, 'INCLUDED');
  if (!solid) return;
  await attemptsGo(em, sliceIds, kind, `state = 'SOLID', solid_at = desk_now()`);
  await operationsGo(em, sliceIds, kind, 'SOLID');
}

async function attemptsGo(
  em: EntityManager,
  sliceIds: readonly string[],
  kind: string,
  set: string,
): Promise<void> {
  await query(
    em,
    `update attempts set ${set} where operation_id in (
       select id from chain_operations where kind = $2 and reference = any($1::uuid[]))`,
    [sliceIds, kind],
  );
}

async function operationsGo(
  em: EntityManager,
  sliceIds: readonly string[],
  kind: string,
  state: string,
): Promise<void> {
  await query(
    em,
    `update chain_operations set state = $3, updated_at = desk_now()
     where kind = $2 and reference = any($1::uuid[])`,
    [sliceIds, kind, state],
  );
}

async function slicesGo(
  em: EntityManager,
  sliceIds: readonly string[],
  state: string,
): Promise<void> {
  await query(em, 'update order_slices set state = $2 where id = any($1::uuid[])', [
    sliceIds,
    state,
  ]);
}

async function reservationsGo(
  em: EntityManager,
  sliceIds: readonly string[],
  state: string,
): Promise<void> {
  await query(em, 'update reservations set state = $2 where id = any($1::uuid[])', [
    sliceIds,
    state,
  ]);
}

async function uncommit(em: EntityManager, sliceIds: readonly string[]): Promise<void> {
  await query(
    em,
    `update wallets w set committed_sun = committed_sun - s.sun
     from (select wallet_id, sum(stake_sun)::bigint as sun from order_slices
           where id = any($1::uuid[]) group by wallet_id) s where w.id = s.wallet_id`,
    [sliceIds],
  );
}
