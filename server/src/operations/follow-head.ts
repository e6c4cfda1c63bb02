import type { EntityManager } from '../database/database.ts';
import type { ChainBlock } from '../chain/block.ts';
import {
  failedTxids,
  lockAttempts,
  ourBlocks,
  putInBlocks,
  takeOutOfBlocks,
} from './move-fates.ts';
import type { Purposes } from './purposes.ts';

/**
 * Marks attempts seen in head blocks as included, so that a buyer hears of it within seconds. A hint
 * only: it moves no money, a fork undoes it, and the solid chain decides. Of a call that failed in its
 * block nothing is told: in another block it may yet succeed.
 */
export async function markIncluded(
  em: EntityManager,
  blocks: readonly ChainBlock[],
  purposes: Purposes,
): Promise<void> {
  const blockOf = await ourBlocks(em, blocks);
  if (blockOf.size === 0) return;
  const attempts = await lockAttempts(
    em,
    `a.txid = any($1) and a.state = 'SENDING' and o.state = 'ATTEMPTING'`,
    [[...blockOf.keys()]],
  );
  const failed = failedTxids(blocks);
  const good = attempts.filter(({ txid }) => !failed.has(txid));
  await putInBlocks(em, good, blockOf, 'INCLUDED', purposes);
}

/** Head blocks that were announced are no longer on the head's chain. */
export async function markRemoved(
  em: EntityManager,
  removed: readonly ChainBlock[],
  purposes: Purposes,
): Promise<void> {
  const attempts = await lockAttempts(
    em,
    `a.state = 'INCLUDED' and a.included_block_id = any($1)`,
    [removed.map(({ id }) => id)],
  );
  await takeOutOfBlocks(em, attempts, purposes);
}
