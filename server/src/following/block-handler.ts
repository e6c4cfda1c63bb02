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

/** Somebody who cares about solid blocks; works in the reader's own database transaction. */
export interface BlockHandler {
  readonly name: string;
  /**
   * Blocks in order, each committed exactly once. Throwing leaves everything as it was. No network and
   * no effect outside the database in here: a transaction that lost a race is run again.
   */
  read(em: EntityManager, blocks: ChainBlock[], proof: BlockProof): Promise<void>;
}
