import type { Clock } from '../kernel/clock.ts';
import type { BlockHeader, ChainBlock } from '../chain/block.ts';
import { Loop } from '../kernel/loop.ts';
import type { TronNode } from '../tron/node-client.ts';
import { NodeFault } from '../tron/node-fault.ts';
import type { Health } from '../tron/node-health.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { SlotPace } from './slot-pace.ts';

export interface HeadFollowerOptions {
  readonly nodes: TronNodes;
  readonly clock: Clock;
  /** New blocks of the head chain in order, each once; a throw has them announced again. */
  readonly onBlocks: (blocks: ChainBlock[]) => Promise<void> | void;
  /** Announced blocks that are on the head chain no longer, newest first. */
  readonly onFork: (removed: ChainBlock[]) => Promise<void> | void;
  readonly report?: (error: unknown) => void;
}

interface ChainChange {
  readonly kept: ChainBlock[];
  /** Oldest first. */
  readonly removed: ChainBlock[];
  readonly added: ChainBlock[];
}

/** More unsolid blocks than a chain that works can have; older ones are the block reader's. */
const MAX_UNSOLID = 100;

const EAGER_MS = 75;
const IDLE_MS = 500;
const AFTER_ERROR_MS = 500;

/**
 * Follows the blocks above the solid ones, which may still be forked away: for telling users early,
 * never for money. Everything is in memory; after a restart it begins again at the solid block.
 */
export class HeadFollower {
  readonly #options: HeadFollowerOptions;
  readonly #loop: Loop;
  readonly #pace = new SlotPace({ eagerMs: EAGER_MS, idleMs: IDLE_MS });
  /** The announced head chain, oldest first, without gaps. */
  #chain: ChainBlock[] = [];
  #trouble: string | null = 'No head block has been seen yet.';

  constructor(options: HeadFollowerOptions) {
    this.#options = options;
    this.#loop = new Loop(options.clock, () => this.#step());
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** The newest announced block. */
  tip(): BlockHeader | null {
    return this.#chain.at(-1) ?? null;
  }

  health(): Health {
    return this.#trouble === null
      ? { state: 'UP', reason: `Head block ${this.tip()?.number ?? 0} is seen.` }
      : { state: 'DEGRADED', reason: this.#trouble };
  }

  /**
   * One step by hand: announces what is new at the head, and says how many blocks that was.
   * @throws ChainUnavailable and whatever a listener throws
   */
  async followOnce(): Promise<number> {
    const { nodes, onBlocks, onFork } = this.#options;
    const head = await nodes.newestHeader('head');
    const tip = this.tip();
    // A head below our tip is a node that lags: a fork counts once it is as long.
    if (tip !== null && (head.id === tip.id || head.number < tip.number)) return 0;
    const { kept, removed, added } = await nodes.read((node) => this.#change(node, head));
    if (removed.length > 0) await onFork(removed.toReversed());
    this.#chain = kept;
    if (added.length > 0) await onBlocks([...added]);
    this.#chain = [...kept, ...added];
    this.#forgetSolid();
    return added.length;
  }

  /** What leads from the announced chain to the one that ends in this head. */
  async #change(node: TronNode, head: BlockHeader): Promise<ChainChange> {
    const tip = this.tip();
    if (tip === null) return { kept: [], removed: [], added: await this.#unsolid(node, head) };
    if (head.number - tip.number > MAX_UNSOLID) return this.#jump(node, head);
    const added = await headBlocks(node, Math.min(tip.number + 1, head.number), head);
    // Usually one block on our tip. On a fork walk down until a parent is one that we know, or all
    // that we know is replaced.
    for (;;) {
      const lowest = added[0] ?? head;
      const parent = this.#chain.findIndex(({ id }) => id === lowest.parentId);
      if (parent >= 0 || lowest.number <= (this.#chain[0]?.number ?? 0)) {
        const kept = this.#chain.slice(0, parent + 1);
        return { kept, removed: this.#chain.slice(parent + 1), added };
      }
      const below = await node.blockByNumber('head', lowest.number - 1);
      if (below?.id !== lowest.parentId) throw moved(node);
      added.unshift(below);
    }
  }

  /**
   * After a long absence: what was announced and is gone is taken back, what came and is solid by now
   * is left to the block reader, and the chain begins anew.
   */
  async #jump(node: TronNode, head: BlockHeader): Promise<ChainChange> {
    const recent = this.#chain.slice(-MAX_UNSOLID);
    const from = recent[0]?.number ?? 0;
    const there = await node.blockRange('head', from, from + recent.length);
    const ids = new Set(there.map(({ id }) => id));
    const removed = recent.filter(({ id }) => !ids.has(id));
    return { kept: [], removed, added: await this.#unsolid(node, head) };
  }

  async #unsolid(node: TronNode, head: BlockHeader): Promise<ChainBlock[]> {
    const solid = await node.header('solid');
    return headBlocks(node, Math.max(solid.number + 1, head.number - MAX_UNSOLID + 1), head);
  }

  #forgetSolid(): void {
    const solid = this.#options.nodes.chainClock().solid?.number ?? 0;
    // One solid block stays, as the parent of what comes.
    const keep = this.#chain.findLastIndex(({ number }) => number <= solid);
    this.#chain = this.#chain.slice(Math.max(keep, this.#chain.length - 2 * MAX_UNSOLID, 0));
  }

  async #step(): Promise<number> {
    const { clock, report } = this.#options;
    try {
      const count = await this.followOnce();
      this.#trouble = null;
      if (count > 0) this.#pace.arrived(clock.monotonic(), count);
      return this.#pace.pause(clock.monotonic());
    } catch (error) {
      report?.(error);
      this.#trouble = `It does not get on: ${error instanceof Error ? error.message : String(error)}`;
      return AFTER_ERROR_MS;
    }
  }
}

/** The blocks [from, head] of one branch, which ends in that very head. */
async function headBlocks(node: TronNode, from: number, head: BlockHeader): Promise<ChainBlock[]> {
  const blocks =
    from === head.number
      ? [await node.blockByNumber('head', from)].filter((block) => block !== null)
      : await node.blockRange('head', from, head.number + 1);
  let expected = head.id;
  for (const block of blocks.toReversed()) {
    if (block.id !== expected) throw moved(node);
    expected = block.parentId;
  }
  if (blocks.length !== head.number - from + 1) throw moved(node);
  return blocks;
}

/** The head chain changed between two questions; asking again gives one picture. */
function moved(node: TronNode): NodeFault {
  return new NodeFault('stale', node.name, 'its head chain changed while it was read');
}
