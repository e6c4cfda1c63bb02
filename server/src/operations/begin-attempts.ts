import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { lastly, query } from '../database/query.ts';
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

/** An operation that is due, locked, as it will be once it is claimed, with what its attempt is built on. */
interface DueOperation extends EffectRow {
  readonly id: string;
  readonly state: string;
  readonly permission_id: number;
  readonly purpose: string;
  readonly reference: string;
  readonly attempts: number;
  readonly fence: bigint;
  /** Of the attempts of the owner; null when there is none. */
  readonly newest_timestamp_ms: bigint | null;
  readonly solid_number: bigint;
  readonly solid_id: string;
  readonly solid_time_ms: bigint;
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
  const [first] = due;
  if (!first) return [];
  const solid = lastSolidBlock(first);
  const timestamps = uniqueTimestamps(due, Math.max(options.headTimeMs, solid.timeMs));
  const attempts = due.map((operation, index) => {
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
  // In this order and in one go.
  await lastly(em, () =>
    Promise.all([
      restart(em, due),
      query(em, CLAIM, [due.map(({ id }) => id), options.worker, options.leaseSeconds]),
      discardUnsent(em, due),
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
      options.alsoRead?.([...new Set(due.map(({ owner }) => owner))]),
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
  `select o.id, o.state, ${effectColumns('o.')}, o.permission_id, o.purpose, o.reference,
          o.attempts + 1 as attempts, o.fence + 1 as fence,
          (select max(a.timestamp_ms) from attempts a where a.owner = o.owner) as newest_timestamp_ms,
          c.number as solid_number, c.id as solid_id, c.time_ms as solid_time_ms
   from chain_operations o cross join safe_mode m join chain_cursors c on c.name = 'solid'
   where ${SIGNING_GOES_ON} and not ${HELD_BY_SAFE_MODE} and not ${HELD_BY_WALLET}
     and o.due_at <= (select desk_now()) and (o.lease_until is null or o.lease_until < desk_now())
     and (o.deadline_at is null or o.deadline_at > desk_now())
     and (o.state = 'INTENDED'
          or o.state = 'ATTEMPTING' and exists (
            select from attempts a where a.operation_id = o.id and a.state in ('BUILT', 'SIGNED')))
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
   where id = any($1::uuid[])`,
);

async function discardUnsent(
  em: EntityManager,
  operations: readonly DueOperation[],
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

/** The end of our own chain of solid blocks: no fork can make an attempt that names it invalid. */
function lastSolidBlock(due: DueOperation): RefBlock & { readonly timeMs: number } {
  return {
    number: Number(due.solid_number),
    id: due.solid_id,
    timeMs: Number(due.solid_time_ms),
  };
}

/**
 * Two equal effects on one reference block are one txid unless their timestamps differ; they never
 * repeat for an owner (`attempts_timestamp_key` refuses a race).
 */
function uniqueTimestamps(operations: readonly DueOperation[], newestMs: number): number[] {
  const next = new Map(
    operations.map(({ owner, newest_timestamp_ms: last }) => [
      owner,
      Math.max(newestMs, Number(last ?? 0n) + 1),
    ]),
  );
  return operations.map(({ owner }) => {
    const timestamp = present(next.get(owner), 'timestamp of the owner');
    next.set(owner, timestamp + 1);
    return timestamp;
  });
}
