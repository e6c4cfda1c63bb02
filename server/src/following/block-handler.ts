import type { EntityManager } from '../database/database.ts';
import type { ChainBlock } from '../chain/block.ts';

/** What is known about a bunch of blocks beyond their links and their own hashes. */
export interface BlockProof {
  /** The node that they were had from. */
  readonly servedBy: string;
  /** Other nodes that show the last of them as solid; none where only one node is usable. */
  readonly confirmedBy: readonly string[];
  /** Whether their transactions make up the roots that the headers name. */
  readonly rootsProved: boolean;
}

/**
 * Blocks in order, each committed exactly once. Throwing leaves everything as it was. No network and
 * no effect outside the database in here: a transaction that lost a race is run again.
 */
export type ReadBlocks = (
  em: EntityManager,
  blocks: ChainBlock[],
  proof: BlockProof,
) => Promise<void>;

/** Somebody who cares about solid blocks; works in the reader's own database transaction. */
export interface BlockHandler {
  readonly name: string;
  readonly read: ReadBlocks;
}

/**
 * One that has to ask nodes first. What it answers reads these blocks, or the first of them; blocks
 * that were prepared may be prepared again.
 */
export interface PreparingHandler {
  readonly name: string;
  prepare(blocks: readonly ChainBlock[]): Promise<ReadBlocks>;
}

/** What reads blocks that were just had from a node: every handler's part, in their order. */
export async function prepareReads(
  handlers: readonly (BlockHandler | PreparingHandler)[],
  blocks: readonly ChainBlock[],
): Promise<ReadBlocks[]> {
  return Promise.all(
    handlers.map((handler) =>
      'prepare' in handler ? handler.prepare(blocks) : Promise.resolve(handler.read),
    ),
  );
}
