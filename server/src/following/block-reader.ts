import type { Clock } from '../kernel/clock.ts';
import { system } from '../kernel/actor.ts';
import { assert, present } from '../kernel/assert.ts';
import type { Database } from '../database/database.ts';
import type { ChainBlock } from '../chain/block.ts';
import {
  type BlockHandler,
  type BlockProof,
  type PreparingHandler,
  prepareReads,
  type ReadBlocks,
} from './block-handler.ts';
import { BunchFetcher } from './bunch-fetcher.ts';
import {
  beginCursor,
  type ChainCursor,
  DivergedChain,
  lockCursor,
  moveCursor,
  readCursor,
  storeHeaders,
} from './chain-cursor.ts';
import { type FetchedBlocks, fetchSolidBlocks } from './fetch-blocks.ts';
import { Loop } from '../kernel/loop.ts';
import type { Health } from '../tron/node-health.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { SlotPace } from './slot-pace.ts';
import { type Disagreement, tellDisagreement } from '../tron/solid-agreement.ts';
import { ChainUnavailable, isOnly } from '../tron/tron.errors.ts';

export interface BlockReaderOptions {
  readonly database: Database;
  readonly nodes: TronNodes;
  readonly clock: Clock;
  /** Row of chain_cursors. */
  readonly name: string;
  readonly handlers: readonly (BlockHandler | PreparingHandler)[];
  /** Where a reader without a cursor begins: after the solid head, or with this block (from 1). */
  readonly startAt: 'solid-head' | number;
  /** After the commit, in this process only: for waking others, not for what must not be lost. */
  readonly onCommitted?: (blocks: readonly ChainBlock[]) => void;
  /**
   * How many nodes must tell a block alike that its header does not prove, for it to be read; 0, and
   * when left out: such a block is waited for, since two nodes can leave out the same transaction.
   */
  readonly nodesForUnproven?: () => Promise<number>;
  /** When nodes begin to disagree about a solid block, and when they agree again (null). */
  readonly onDisagreement?: (disagreement: Disagreement | null) => Promise<void>;
  readonly report?: (error: unknown) => void;
}

/** Blocks with what reads them. */
interface PreparedBlocks extends FetchedBlocks {
  readonly reads: readonly ReadBlocks[];
}

const NOTHING: PreparedBlocks = { blocks: [], servedBy: '', reads: [] };

const EAGER_MS = 100;
const IDLE_MS = 1_000;
const AFTER_ERROR_MS = 1_000;

/**
 * Reads every solid block once, in order, without a gap. Headers, the handlers' work and the cursor
 * are one database transaction; the cursor's row lock and a second look at it make any number of
 * instances take turns.
 */
export class BlockReader {
  readonly #options: BlockReaderOptions;
  readonly #loop: Loop;
  readonly #pace = new SlotPace({ eagerMs: EAGER_MS, idleMs: IDLE_MS });
  #cursor: ChainCursor | null = null;
  /** Fetched while the bunch before is written. */
  #ahead: { readonly from: ChainCursor; readonly fetched: Promise<PreparedBlocks> } | null = null;
  readonly #fetcher: BunchFetcher;
  #broken: string | null = null;
  #trouble: string | null = null;
  /** The last block that its header does not prove. */
  #unproved: number | null = null;
  /** Of the last bunch. */
  #confirmedBy: readonly string[] | null = null;
  /** The height of the disagreement that was told last; undefined before anything was told. */
  #told: number | null | undefined;

  constructor(options: BlockReaderOptions) {
    this.#options = options;
    this.#fetcher = new BunchFetcher(
      options.nodes,
      options.nodesForUnproven ?? (() => Promise.resolve(0)),
    );
    this.#loop = new Loop(options.clock, () => this.#step());
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#ahead?.fetched.catch(() => undefined);
    this.#ahead = null;
  }

  /** Looks for a block at once. */
  wake(): void {
    this.#loop.wake();
  }

  /** The last block that is handled, as far as this instance knows; null before the first look. */
  lastBlock(): ChainCursor | null {
    return this.#cursor;
  }

  health(): Health {
    if (this.#broken !== null) return { state: 'DOWN', reason: this.#broken };
    if (this.#trouble !== null) return { state: 'DEGRADED', reason: this.#trouble };
    if (this.#cursor === null) return { state: 'DEGRADED', reason: 'No block has been read yet.' };
    const { nodes } = this.#options;
    const disagreement = nodes.disagreement();
    if (disagreement !== null) return { state: 'DEGRADED', reason: tellDisagreement(disagreement) };
    const solid = nodes.chainClock().solid?.number ?? this.#cursor.number;
    const behind = solid - this.#cursor.number;
    if (behind > 1) {
      return { state: 'DEGRADED', reason: `It catches up: ${behind} solid blocks to read.` };
    }
    if (this.#unproved !== null) {
      const reason = `The transactions of solid block ${this.#unproved} are not proved by its header: only that all nodes tell them alike.`;
      return { state: 'DEGRADED', reason };
    }
    const read = `Solid block ${this.#cursor.number} is read`;
    if (this.#confirmedBy === null) return { state: 'UP', reason: `${read}.` };
    if (this.#confirmedBy.length > 0) {
      return { state: 'UP', reason: `${read}, confirmed by ${this.#confirmedBy.join(', ')}.` };
    }
    // One node alone is a choice; of two, one that cannot be asked is a loss.
    const state = nodes.health().length > 1 ? 'DEGRADED' : 'UP';
    return { state, reason: `${read}; no second node confirms it.` };
  }

  /**
   * One step by hand: handles the next bunch of solid blocks and says how many they were; 0 when
   * there is none, or another instance has them.
   * @throws ChainUnavailable, DivergedChain, and whatever a handler throws
   */
  async readOnce(): Promise<number> {
    if (this.#broken !== null) throw new DivergedChain(this.#broken);
    const cursor = this.#cursor ?? (await this.#begin());
    const fetched = await this.#next(cursor);
    const { blocks, servedBy } = fetched;
    if (blocks.length === 0) return 0;
    const { nodes } = this.#options;
    const { count, confirmedBy, disputed } = await nodes.confirm(blocks, servedBy);
    await this.#tellDisagreement(nodes.disagreement());
    const bunch = blocks.slice(0, count);
    const last = bunch.at(-1);
    if (last === undefined) {
      // What another node has not got yet is asked about again. In a dispute nothing is kept: the
      // node that served these may be the one that is wrong.
      if (!disputed) this.#keepAhead(cursor, fetched);
      return 0;
    }
    if (count === blocks.length) this.#readAhead(last);
    else this.#keepAhead(last, { ...fetched, blocks: blocks.slice(count) });
    const rootsProved = fetched.unproved !== true;
    const proof = { servedBy, confirmedBy, rootsProved };
    return this.#handle(cursor, bunch, last, proof, fetched.reads);
  }

  async #handle(
    cursor: ChainCursor,
    blocks: ChainBlock[],
    last: ChainBlock,
    proof: BlockProof,
    reads: readonly ReadBlocks[],
  ): Promise<number> {
    const { database, name } = this.#options;
    const found = await database.transaction(system(`block-reader:${name}`), async (em) => {
      const locked = await lockCursor(em, name);
      if (locked.id !== cursor.id) return locked;
      await storeHeaders(em, blocks);
      for (const read of reads) await read(em, blocks, proof);
      await moveCursor(em, name, last);
      return null;
    });
    // Another instance was faster: go on from where it came to.
    this.#cursor = found ?? { number: last.number, id: last.id, timeMs: last.timeMs };
    if (found !== null) return 0;
    this.#confirmedBy = proof.confirmedBy;
    if (!proof.rootsProved) this.#unproved = last.number;
    this.#options.onCommitted?.(blocks);
    return blocks.length;
  }

  /** Again and again until it is told, since what hears it may fail. */
  async #tellDisagreement(disagreement: Disagreement | null): Promise<void> {
    const number = disagreement?.number ?? null;
    if (this.#told === number) return;
    await this.#options.onDisagreement?.(disagreement);
    this.#told = number;
  }

  /** Finds or makes the cursor. */
  async #begin(): Promise<ChainCursor> {
    const { database, nodes, name, startAt } = this.#options;
    let cursor = await readCursor(database.read(), name);
    if (cursor === null) {
      assert(startAt === 'solid-head' || startAt >= 1, 'the first block to read is 1 or later');
      const before =
        startAt === 'solid-head'
          ? await nodes.newestHeader('solid')
          : (await fetchSolidBlocks(nodes, null, startAt - 1, startAt)).blocks.at(0);
      if (before === undefined) {
        throw new ChainUnavailable(`Solid block ${Number(startAt) - 1} is not there yet.`);
      }
      cursor = await database.transaction(system(`block-reader:${name}`), async (em) => {
        await beginCursor(em, name, before);
        return lockCursor(em, name);
      });
    }
    this.#cursor = cursor;
    return cursor;
  }

  async #next(cursor: ChainCursor): Promise<PreparedBlocks> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead?.from.id === cursor.id) {
      const fetched = await ahead.fetched.catch(() => NOTHING);
      if (fetched.blocks.length > 0) return fetched;
    }
    const { nodes } = this.#options;
    let solid = nodes.chainClock().solid;
    // While following, what the health checks know is too old.
    if (solid === null || solid.number <= cursor.number + 1)
      solid = await nodes.newestHeader('solid');
    return this.#fetch(cursor, solid.number);
  }

  #keepAhead({ number, id, timeMs }: ChainCursor, fetched: PreparedBlocks): void {
    this.#ahead = { from: { number, id, timeMs }, fetched: Promise.resolve(fetched) };
  }

  #readAhead(last: ChainBlock): void {
    const solid = this.#options.nodes.chainClock().solid;
    if (solid === null || solid.number <= last.number) return;
    const from = { number: last.number, id: last.id, timeMs: last.timeMs };
    const fetched = this.#fetch(from, solid.number);
    fetched.catch(() => undefined);
    this.#ahead = { from, fetched };
  }

  async #fetch(cursor: ChainCursor, solidNumber: number): Promise<PreparedBlocks> {
    const fetched = await this.#fetcher.fetch(cursor, solidNumber);
    if (fetched.blocks.length === 0) return NOTHING;
    return { ...fetched, reads: await prepareReads(this.#options.handlers, fetched.blocks) };
  }

  /** One turn of the loop: never throws, says when to look again. */
  async #step(): Promise<number> {
    if (this.#broken !== null) return AFTER_ERROR_MS;
    const { clock, report } = this.#options;
    try {
      const count = await this.readOnce();
      this.#trouble = null;
      if (count > 0) this.#pace.arrived(clock.monotonic(), count);
      return count > 1 ? 0 : this.#pace.pause(clock.monotonic());
    } catch (error) {
      this.#judge(error);
      // The head was told by one node and the block asked of another: it is a matter of moments.
      if (isOnly(error, 'stale')) return EAGER_MS;
      report?.(error);
      return AFTER_ERROR_MS;
    }
  }

  #judge(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (isOnly(error, 'wrong-chain') || error instanceof DivergedChain) {
      const at = present(this.#cursor, 'cursor');
      this.#broken = `Every node contradicts our solid block ${at.number} (${at.id}). Reading has stopped: solid blocks never change, so the nodes or the database are wrong. (${why})`;
    } else {
      const next = `${(this.#cursor?.number ?? 0) + 1}`;
      this.#trouble = isOnly(error, 'unproven')
        ? `No node shows the transactions of solid block ${next} so that its header proves them. It is waited for: nothing after it is final for the desk until a node does, or the setting chain.nodesForUnprovenBlock lets it pass. (${why})`
        : `It does not get on: ${why}`;
    }
  }
}
