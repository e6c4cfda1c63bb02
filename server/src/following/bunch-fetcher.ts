import type { TronNodes } from '../tron/node-pool.ts';
import { isOnly } from '../tron/tron.errors.ts';
import type { ChainCursor } from './chain-cursor.ts';
import { type FetchedBlocks, fetchSolidBlocks, fetchUnprovenBlock } from './fetch-blocks.ts';

/** Blocks in one database transaction when catching up. */
const MAX_BUNCH = 100;

/** Fetches solid blocks in bunches as large as they may be. */
export class BunchFetcher {
  readonly #nodes: TronNodes;
  readonly #nodesForUnproven: () => Promise<number>;
  #size = MAX_BUNCH;
  /** Some block of the next bunch is not proved: the next one is asked for alone. */
  #oneAlone = false;

  /** @param nodesForUnproven how many nodes must tell an unproven block alike for it to pass; 0: never */
  constructor(nodes: TronNodes, nodesForUnproven: () => Promise<number>) {
    this.#nodes = nodes;
    this.#nodesForUnproven = nodesForUnproven;
  }

  /**
   * The next bunch behind the cursor, up to this solid height; none when there is none.
   * @throws ChainUnavailable when no node has it; it is asked for in smaller pieces then
   */
  async fetch(cursor: ChainCursor, solidNumber: number): Promise<FetchedBlocks> {
    const from = cursor.number + 1;
    const end = Math.min(solidNumber + 1, from + (this.#oneAlone ? 1 : this.#size));
    if (end <= from) return { blocks: [], servedBy: '' };
    try {
      const fetched = await fetchSolidBlocks(this.#nodes, cursor.id, from, end);
      this.#size = Math.min(MAX_BUNCH, this.#size * 2);
      this.#oneAlone = false;
      return fetched;
    } catch (error) {
      const unproven = isOnly(error, 'unproven');
      const alone = end - from === 1;
      const alike = unproven && alone ? await this.#fetchUnproven(cursor.id, from) : null;
      if (alike !== null) return alike;
      // One that is not proved stands for itself at once: those before it are none the worse.
      this.#oneAlone = unproven;
      // A bunch too large for the limits on body or time becomes smaller until it fits.
      if (!unproven) this.#size = Math.max(1, Math.floor(this.#size / 4));
      throw error;
    }
  }

  async #fetchUnproven(parentId: string, number: number): Promise<FetchedBlocks | null> {
    const voices = await this.#nodesForUnproven();
    return voices > 0 ? fetchUnprovenBlock(this.#nodes, parentId, number, voices) : null;
  }
}
