import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { assert, present } from '../kernel/assert.ts';
import type { ChainBlock } from '../chain/block.ts';
import type { BlockProof } from '../following/block-handler.ts';
import {
  type BlockOf,
  failedTxids,
  fateOf,
  lockAttempts,
  moveOperations,
  type OpenAttempt,
  ourBlocks,
  putInBlocks,
  takeOutOfBlocks,
} from './move-fates.ts';
import type { Purposes } from './purposes.ts';

/**
 * What a bunch of solid blocks means for our attempts, in the transaction that moves the reader on:
 * those in them are final, with their effect or, a contract call that failed, without; those that could only have been in them, or in earlier ones, are proved
 * dead (no block after the first whose time reaches the expiration can hold them: tron-facts 2.5);
 * those that a fork took out of a block, unnoticed, wait again.
 * @param spent transactions of our accounts in these blocks: none of them may be of an attempt that
 * counts as dead
 */
export async function settleBlocks(
  em: EntityManager,
  blocks: readonly ChainBlock[],
  purposes: Purposes,
  proof?: BlockProof,
  spent: readonly { readonly txid: string }[] = [],
): Promise<void> {
  const last = blocks.at(-1);
  if (!last) return;
  const blockOf = await ourBlocks(em, blocks, spent);
  const touched = await lockAttempts(
    em,
    `a.id in (
       select id from attempts where txid = any($1) and state <> 'SOLID'
       union all
       select id from attempts where state in ('SENDING', 'INCLUDED') and expiration_ms <= $2
       union all
       select id from attempts where state = 'INCLUDED' and included_block <= $3)`,
    [[...blockOf.keys()], last.timeMs, last.number],
  );
  const landed = touched.filter(({ txid }) => blockOf.has(txid));
  for (const { txid, attempt_state } of landed) {
    assert(
      attempt_state === 'SENDING' || attempt_state === 'INCLUDED',
      `${txid} is in a solid block though its attempt is ${attempt_state}`,
    );
  }
  const absent = touched.filter(({ txid }) => !blockOf.has(txid));
  const dead = absent.filter(({ expiration_ms }) => expiration_ms <= BigInt(last.timeMs));
  const removed = absent.filter(
    ({ expiration_ms, attempt_state }) =>
      attempt_state === 'INCLUDED' && expiration_ms > BigInt(last.timeMs),
  );
  const failed = failedTxids(blocks);
  await putInBlocks(
    em,
    landed.filter(({ txid }) => !failed.has(txid)),
    blockOf,
    'SOLID',
    purposes,
  );
  await endFailed(
    em,
    landed.filter(({ txid }) => failed.has(txid)),
    blockOf,
    purposes,
  );
  await takeOutOfBlocks(em, removed, purposes);
  await buryDead(em, dead, last, purposes, proof);
}

/**
 * Calls that are on the chain for good and changed nothing: `contractRet` says so, which the header
 * proves with the transactions. They have cost their fee, and the same again would most likely fail
 * again: nobody tries it but who is asked.
 */
async function endFailed(
  em: EntityManager,
  attempts: readonly OpenAttempt[],
  blockOf: BlockOf,
  purposes: Purposes,
): Promise<void> {
  if (attempts.length === 0) return;
  await because(em, 'the call failed in a solid block');
  const blocks = attempts.map(({ txid }) => present(blockOf.get(txid), 'block of the attempt'));
  await query(
    em,
    `update attempts a
     set state = 'FAILED', included_block = b.number, included_block_id = b.block_id,
         included_at = to_timestamp(b.time_ms / 1000.0), solid_at = desk_now(),
         evidence = jsonb_build_object('failedInBlock', b.number, 'blockId', b.block_id)
     from unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) as b(id, number, block_id, time_ms)
     where a.id = b.id`,
    [
      attempts.map(({ attempt_id }) => attempt_id),
      blocks.map(({ number }) => number),
      blocks.map(({ id }) => id),
      blocks.map(({ timeMs }) => timeMs),
    ],
  );
  await moveOperations(em, attempts, 'ABANDONED');
  await query(
    em,
    `update chain_operations
     set last_problem = 'The call is in a solid block and failed there: nothing was moved, but its fee is spent.'
     where id = any($1::uuid[])`,
    [attempts.map(({ id }) => id)],
  );
  await purposes.tell(attempts.map(fateOf), (handler, share) => handler.abandoned(em, share));
}

async function buryDead(
  em: EntityManager,
  attempts: readonly OpenAttempt[],
  through: ChainBlock,
  purposes: Purposes,
  proof: BlockProof | undefined,
): Promise<void> {
  if (attempts.length === 0) return;
  await because(em, 'proved dead by the solid chain');
  await query(
    em,
    `update attempts a
     set state = 'DEAD', dead_at = desk_now(), evidence = jsonb_build_object(
       'readFrom', a.ref_block,
       'firstBlockId', (select b.id from solid_blocks b where b.number = a.ref_block),
       'readThrough', $2::bigint, 'blockId', $3::text,
       'blockTimeMs', $4::bigint, 'expirationMs', a.expiration_ms,
       'servedBy', $5::text, 'confirmedBy', $6::jsonb, 'rootsProved', $7::boolean)
     where a.id = any($1::uuid[])`,
    [
      attempts.map(({ attempt_id }) => attempt_id),
      through.number,
      through.id,
      through.timeMs,
      proof?.servedBy ?? null,
      JSON.stringify(proof?.confirmedBy ?? []),
      proof?.rootsProved ?? null,
    ],
  );
  await moveOperations(em, attempts, 'INTENDED');
  await query(
    em,
    `update chain_operations o
     set last_problem = 'The last transaction never got into a block.'
                        || coalesce(' A node said: ' || left(a.last_answer, 500), '')
     from attempts a where a.id = any($1::uuid[]) and o.id = a.operation_id`,
    [attempts.map(({ attempt_id }) => attempt_id)],
  );
  await purposes.tell(attempts.map(fateOf), async (handler, share) => {
    const verdicts = await handler.dead(em, share);
    const abandoned = share.filter(({ operationId }) => verdicts.get(operationId) === 'ABANDON');
    if (abandoned.length === 0) return;
    await query(em, `update chain_operations set state = 'ABANDONED' where id = any($1::uuid[])`, [
      abandoned.map(({ operationId }) => operationId),
    ]);
    await handler.abandoned(em, abandoned);
  });
}
