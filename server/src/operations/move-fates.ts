import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { ChainBlock } from '../chain/block.ts';
import { effectColumns, effectOf, type EffectRow } from './effect-rows.ts';
import type { AttemptState, OperationState } from './operation-states.ts';
import type { Fate, FateBlock, Purposes } from './purposes.ts';

/** An operation with its living attempt, both locked. */
export interface OpenAttempt extends EffectRow {
  id: string;
  purpose: string;
  reference: string;
  attempt_id: string;
  attempt_state: AttemptState;
  txid: string;
  expiration_ms: bigint;
}

/**
 * Operations whose attempts match, with both rows locked, operations in order of their ids.
 *
 * Found, locked and read by a statement each. One that finds and locks at once judges a row that it
 * had to wait for again, on the same plan: where the condition is a `union all` PostgreSQL then takes
 * the rows behind it for gone, and an attempt that is in a block is passed over.
 * @param condition SQL over `attempts a` and `chain_operations o`
 */
export async function lockAttempts(
  em: EntityManager,
  condition: string,
  parameters: readonly unknown[],
): Promise<OpenAttempt[]> {
  const from = 'from chain_operations o join attempts a on a.operation_id = o.id';
  const found = await query<{ id: string }>(
    em,
    `select a.id ${from} where ${condition}`,
    parameters,
  );
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  // By what never changes: whoever is waited for cannot make a row drop out.
  await query(
    em,
    `select ${from} where a.id = any($1::uuid[]) order by o.id for no key update of o, a`,
    [ids],
  );
  return query<OpenAttempt>(
    em,
    `select o.id, ${effectColumns('o.')}, o.purpose, o.reference,
            a.id as attempt_id, a.state as attempt_state, a.txid, a.expiration_ms
     ${from} where a.id = any($${(parameters.length + 1).toString()}::uuid[]) and (${condition})
     order by o.id`,
    [...parameters, ids],
  );
}

export type BlockOf = ReadonlyMap<string, FateBlock>;

/**
 * Which of these blocks hold attempts that are still open, or the others named, by txid. A bunch of
 * blocks has ten thousands of transactions, and the desk few open attempts: those are what is asked
 * for. Bytes leave after their attempt is committed, so none of a block that was read before is missing.
 */
export async function ourBlocks(
  em: EntityManager,
  blocks: readonly ChainBlock[],
  others: readonly { readonly txid: string }[] = [],
): Promise<BlockOf> {
  if (blocks.every(({ transactions }) => transactions.length === 0)) return new Map();
  const open = await query<{ txid: string }>(
    em,
    `select txid from attempts where state in ('BUILT', 'SIGNED', 'SENDING', 'INCLUDED')`,
  );
  const ours = new Set([...open, ...others].map(({ txid }) => txid));
  const found = new Map<string, ChainBlock>();
  if (ours.size === 0) return found;
  for (const block of blocks) {
    for (const { txid } of block.transactions) if (ours.has(txid)) found.set(txid, block);
  }
  return found;
}

/** Contract calls that are in their block and changed nothing. */
export function failedTxids(blocks: readonly ChainBlock[]): ReadonlySet<string> {
  return new Set(
    blocks.flatMap(({ transactions }) =>
      transactions.flatMap(({ succeeded, txid }) => (succeeded ? [] : [txid])),
    ),
  );
}

/** What the handlers are told of a row. */
export function fateOf(row: OpenAttempt): Fate & { readonly purpose: string } {
  return {
    operationId: row.id,
    effect: effectOf(row),
    purpose: row.purpose,
    reference: row.reference,
    txid: row.txid,
  };
}

/** Writes down in which block each attempt is; INCLUDED while that block can be forked away. */
export async function putInBlocks(
  em: EntityManager,
  attempts: readonly OpenAttempt[],
  blockOf: BlockOf,
  state: 'INCLUDED' | 'SOLID',
  purposes: Purposes,
): Promise<void> {
  if (attempts.length === 0) return;
  await because(em, state === 'SOLID' ? 'in a solid block' : 'seen in a block');
  const fates = attempts.map((row) => ({
    ...fateOf(row),
    block: present(blockOf.get(row.txid), 'block of the attempt'),
  }));
  await query(
    em,
    `update attempts a
     set state = $5, included_block = b.number, included_block_id = b.block_id,
         included_at = to_timestamp(b.time_ms / 1000.0),
         solid_at = case when $5 = 'SOLID' then desk_now() end
     from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) as b(id, number, block_id, time_ms)
     where a.id = b.id`,
    [
      attempts.map(({ attempt_id }) => attempt_id),
      fates.map(({ block }) => block.number),
      fates.map(({ block }) => block.id),
      fates.map(({ block }) => block.timeMs),
      state,
    ],
  );
  await moveOperations(em, attempts, state);
  await purposes.tell(fates, (handler, share) =>
    state === 'SOLID' ? handler.solid(em, share) : handler.included(em, share),
  );
}

/** A block that we had seen is gone; its attempts wait, and are sent, again. */
export async function takeOutOfBlocks(
  em: EntityManager,
  attempts: readonly OpenAttempt[],
  purposes: Purposes,
): Promise<void> {
  if (attempts.length === 0) return;
  await because(em, 'a fork took its block away');
  await query(
    em,
    `update attempts
     set state = 'SENDING', included_block = null, included_block_id = null, included_at = null
     where id = any($1::uuid[])`,
    [attempts.map(({ attempt_id }) => attempt_id)],
  );
  await moveOperations(em, attempts, 'ATTEMPTING');
  await purposes.tell(attempts.map(fateOf), (handler, share) => handler.removed(em, share));
}

export async function moveOperations(
  em: EntityManager,
  attempts: readonly OpenAttempt[],
  state: OperationState,
): Promise<void> {
  await query(
    em,
    `update chain_operations
     set state = $2, due_at = desk_now(), lease_owner = null, lease_until = null, updated_at = desk_now()
     where id = any($1::uuid[])`,
    [attempts.map(({ id }) => id), state],
  );
}
