import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { lastly, query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { HELD_BY_SAFE_MODE } from '../safety/held-operations.ts';
import { SIGNING_GOES_ON } from '../signing/signing-goes-on.ts';
import type { Address } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import type { ChainEffect, RefBlock } from '../chain/transaction.ts';
import { effectColumns, effectOf, type EffectRow } from './effect-rows.ts';
import { HELD_BY_WALLET } from './held-by-wallet.ts';

export interface BeginOptions {
  readonly worker: string;
  readonly limit: number;
  readonly leaseSeconds: number;
  /** Chain time by the best head that this worker knows: another may know a later one. */
  readonly headTimeMs: number;
  /** After the newest chain time that the desk knows. */
  readonly expirationSeconds: number;
  readonly ids: IdMaker;
  /** Reads in the same go what else is wanted about the owners of what is due. */
  readonly alsoRead?: (owners: readonly Address[]) => Promise<void>;
}

/** An attempt whose bytes are stored and which waits for its signature. */
export interface BuiltAttempt {
  readonly attemptId: string;
  readonly operationId: string;
  readonly fence: bigint;
  readonly purpose: string;
  readonly reference: string;
  readonly effect: ChainEffect;
  readonly txid: string;
  readonly rawDataHex: string;
}

const INSERT = prepared(
  `insert into attempts
     (id, operation_id, number, state, txid, owner, raw_data_hex, ref_block, timestamp_ms, expiration_ms, fence)
   select id, operation, number, 'BUILT', txid, owner, raw, $7, stamp, expiration, fence
   from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $8::bigint[],
               $9::bigint[], $10::bigint[])
     as a(id, operation, number, txid, owner, raw, stamp, expiration, fence)`,
);

interface DueOperation {
  id: string;
  state: string;
  owner: Address;
}

interface ClaimedOperation extends EffectRow {
  id: string;
  permission_id: number;
  purpose: string;
  reference: string;
  attempts: number;
  fence: bigint;
}

/**
 * Takes operations that are due, each with a lease and a new fencing number, and stores the bytes of
 * one new attempt for each, before anybody signs them. An attempt that an earlier worker left unsent
 * is dead first: from this fence on it can never be sent.
 */
export async function beginAttempts(
  em: EntityManager,
  options: BeginOptions,
): Promise<BuiltAttempt[]> {
  const due = await findDue(em, options);
  if (due.length === 0) return [];
  const owners = [...new Set(due.map(({ owner }) => owner))];
  // In this order and in one go.
  const [, operations, solid, used] = await Promise.all([
    restart(em, due),
    claim(em, due, options),
    lastSolidBlock(em),
    newestTimestamps(em, owners),
    options.alsoRead?.(owners),
  ]);
  await discardUnsent(em, operations);
  const timestamps = uniqueTimestamps(operations, used, Math.max(options.headTimeMs, solid.timeMs));
  const attempts = operations.map((operation, index) => {
    const timestampMs = present(timestamps[index], 'timestamp');
    const expirationMs = timestampMs + options.expirationSeconds * 1_000;
    const effect = effectOf(operation);
    const { txid, rawDataHex } = buildTransaction(effect, {
      refBlock: solid,
      expirationMs,
      timestampMs,
      permissionId: operation.permission_id,
    });
    const attemptId = options.ids.next();
    return { attemptId, operation, effect, timestampMs, expirationMs, txid, rawDataHex };
  });
  await lastly(em, () =>
    query(em, INSERT, [
      attempts.map(({ attemptId }) => attemptId),
      attempts.map(({ operation }) => operation.id),
      attempts.map(({ operation }) => operation.attempts),
      attempts.map(({ txid }) => txid),
      attempts.map(({ operation }) => operation.owner),
      attempts.map(({ rawDataHex }) => rawDataHex),
      solid.number,
      attempts.map(({ timestampMs }) => timestampMs),
      attempts.map(({ expirationMs }) => expirationMs),
      attempts.map(({ operation }) => operation.fence),
    ]),
  );
  return attempts.map(({ attemptId, operation, effect, txid, rawDataHex }) => ({
    attemptId,
    operationId: operation.id,
    fence: operation.fence,
    purpose: operation.purpose,
    reference: operation.reference,
    effect,
    txid,
    rawDataHex,
  }));
}

/**
 * The time is asked for once: so the index finds what is due among all that is under way.
 * An ATTEMPTING operation is due here only when its lease ran out before anything was sent. A new desk
 * may want something before its reader has read the first block: that waits.
 */
const DUE = prepared(
  `select o.id, o.state, o.owner from chain_operations o cross join safe_mode m
   where ${SIGNING_GOES_ON} and not ${HELD_BY_SAFE_MODE} and not ${HELD_BY_WALLET}
     and o.due_at <= (select desk_now()) and (o.lease_until is null or o.lease_until < desk_now())
     and (o.deadline_at is null or o.deadline_at > desk_now())
     and (o.state = 'INTENDED'
          or o.state = 'ATTEMPTING' and exists (
            select from attempts a where a.operation_id = o.id and a.state in ('BUILT', 'SIGNED')))
     and exists (select from chain_cursors where name = 'solid')
   order by o.due_at, o.id limit $1
   for no key update of o skip locked`,
);

function findDue(em: EntityManager, options: BeginOptions): Promise<DueOperation[]> {
  return query(em, DUE, [options.limit]);
}

/** What an earlier worker left begins anew. */
async function restart(em: EntityManager, due: readonly DueOperation[]): Promise<void> {
  const stalled = due.filter(({ state }) => state === 'ATTEMPTING').map(({ id }) => id);
  if (stalled.length === 0) return;
  await query(em, `update chain_operations set state = 'INTENDED' where id = any($1::uuid[])`, [
    stalled,
  ]);
}

const CLAIM = prepared(
  `update chain_operations
   set state = 'ATTEMPTING', attempts = attempts + 1, fence = fence + 1, lease_owner = $2,
       lease_until = desk_now() + make_interval(secs => $3),
       due_at = desk_now() + make_interval(secs => $3), updated_at = desk_now()
   where id = any($1::uuid[])
   returning id, ${effectColumns('')}, permission_id, purpose, reference, attempts, fence`,
);

async function claim(
  em: EntityManager,
  due: readonly DueOperation[],
  { worker, leaseSeconds }: BeginOptions,
): Promise<ClaimedOperation[]> {
  const claimed = await query<ClaimedOperation>(em, CLAIM, [
    due.map(({ id }) => id),
    worker,
    leaseSeconds,
  ]);
  // What waits longest comes first, and the same claims are always made in the same order.
  const place = new Map(due.map(({ id }, index) => [id, index]));
  return claimed.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
}

async function discardUnsent(
  em: EntityManager,
  operations: readonly ClaimedOperation[],
): Promise<void> {
  const again = operations.filter(({ attempts }) => attempts > 1).map(({ id }) => id);
  if (again.length === 0) return;
  await query(
    em,
    `update attempts set state = 'DEAD', dead_at = desk_now(), evidence = '{"neverSent": true}'
     where operation_id = any($1::uuid[]) and state in ('BUILT', 'SIGNED')`,
    [again],
  );
}

const LAST_SOLID = prepared(`select number, id, time_ms from chain_cursors where name = 'solid'`);

/** The end of our own chain of solid blocks: no fork can make an attempt that names it invalid. */
async function lastSolidBlock(em: EntityManager): Promise<RefBlock & { readonly timeMs: number }> {
  const row = await queryOne<{ number: bigint; id: string; time_ms: bigint }>(em, LAST_SOLID);
  const { number, id, time_ms } = present(row, 'cursor of the solid chain');
  return { number: Number(number), id, timeMs: Number(time_ms) };
}

const NEWEST_TIMESTAMPS = prepared(
  `select o.owner, (select max(a.timestamp_ms) from attempts a where a.owner = o.owner) as last
   from unnest($1::text[]) as o(owner)`,
);

/** Of the attempts of these owners; null for one without any. */
async function newestTimestamps(
  em: EntityManager,
  owners: readonly string[],
): Promise<ReadonlyMap<string, bigint | null>> {
  const rows = await query<{ owner: string; last: bigint | null }>(em, NEWEST_TIMESTAMPS, [owners]);
  return new Map(rows.map(({ owner, last }) => [owner, last]));
}

/**
 * Two equal effects on one reference block are one txid unless their timestamps differ; they never
 * repeat for an owner (`attempts_timestamp_key` refuses a race).
 */
function uniqueTimestamps(
  operations: readonly ClaimedOperation[],
  used: ReadonlyMap<string, bigint | null>,
  newestMs: number,
): number[] {
  const next = new Map(
    [...used].map(([owner, last]) => [owner, Math.max(newestMs, Number(last ?? 0n) + 1)]),
  );
  return operations.map(({ owner }) => {
    const timestamp = present(next.get(owner), 'timestamp of the owner');
    next.set(owner, timestamp + 1);
    return timestamp;
  });
}
