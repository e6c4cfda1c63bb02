import type { Clock } from '../kernel/clock.ts';
import { system } from '../kernel/actor.ts';
import { assert, present } from '../kernel/assert.ts';
import type { Database, EntityManager } from '../database/database.ts';
import type { ChainBlock } from './block.ts';
import {
  beginCursor,
  type ChainCursor,
  DivergedChain,
  lockCursor,
  moveCursor,
  readCursor,
  storeHeaders,
} from './chain-cursor.ts';
import { fetchSolidBlocks } from './fetch-blocks.ts';
import { Loop } from './loop.ts';
import type { Health } from './node-health.ts';
import type { TronNodes } from './node-pool.ts';
import { SlotPace } from './slot-pace.ts';
import { ChainUnavailable } from './tron.errors.ts';

/** Somebody who cares about solid blocks; works in the reader's own database transaction. */
export interface BlockHandler {
  readonly name: string;
  /**
   * Blocks in order, each committed exactly once. Throwing leaves everything as it was. No network and
   * no effect outside the database in here: a transaction that lost a race is run again.
   */
  read(em: EntityManager, blocks: ChainBlock[]): Promise<void>;
}

export interface BlockReaderOptions {
  readonly database: Database;
  readonly nodes: TronNodes;
  readonly clock: Clock;
  /** Row of chain_cursors. */
  readonly name: string;
  readonly handlers: readonly BlockHandler[];
  /** Where a reader without a cursor begins: after the solid head, or with this block (from 1). */
  readonly startAt: 'solid-head' | number;
  /** After the commit, in this process only: for waking others, not for what must not be lost. */
  readonly onCommitted?: (blocks: readonly ChainBlock[]) => void;
  readonly report?: (error: unknown) => void;
}

/** Blocks in one database transaction when catching up. */
const MAX_BUNCH = 100;

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
  #ahead: { readonly from: ChainCursor; readonly blocks: Promise<ChainBlock[]> } | null = null;
  #bunch = MAX_BUNCH;
  #broken: string | null = null;
  #trouble: string | null = null;

  constructor(options: BlockReaderOptions) {
    this.#options = options;
    this.#loop = new Loop(options.clock, () => this.#step());
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#ahead?.blocks.catch(() => undefined);
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
    const solid = this.#options.nodes.chainClock().solid?.number ?? this.#cursor.number;
    const behind = solid - this.#cursor.number;
    return behind > 1
      ? { state: 'DEGRADED', reason: `It catches up: ${behind} solid blocks to read.` }
      : { state: 'UP', reason: `Solid block ${this.#cursor.number} is read.` };
  }

  /**
   * One step by hand: handles the next bunch of solid blocks and says how many they were; 0 when
   * there is none, or another instance has them.
   * @throws ChainUnavailable, DivergedChain, and whatever a handler throws
   */
  async readOnce(): Promise<number> {
    if (this.#broken !== null) throw new DivergedChain(this.#broken);
    const cursor = this.#cursor ?? (await this.#begin());
    const blocks = await this.#next(cursor);
    const last = blocks.at(-1);
    if (last === undefined) return 0;
    this.#readAhead(last);
    return this.#handle(cursor, blocks, last);
  }

  async #handle(cursor: ChainCursor, blocks: ChainBlock[], last: ChainBlock): Promise<number> {
    const { database, name, handlers } = this.#options;
    const found = await database.transaction(system(`block-reader:${name}`), async (em) => {
      const locked = await lockCursor(em, name);
      if (locked.id !== cursor.id) return locked;
      await storeHeaders(em, blocks);
      for (const handler of handlers) await handler.read(em, blocks);
      await moveCursor(em, name, last);
      return null;
    });
    // Another instance was faster: go on from where it came to.
    this.#cursor = found ?? { number: last.number, id: last.id, timeMs: last.timeMs };
    if (found !== null) return 0;
    this.#options.onCommitted?.(blocks);
    return blocks.length;
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
          : (await fetchSolidBlocks(nodes, null, startAt - 1, startAt)).at(0);
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

  async #next(cursor: ChainCursor): Promise<ChainBlock[]> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead !== null) {
      const blocks = await ahead.blocks.catch(() => []);
      if (ahead.from.id === cursor.id && blocks.length > 0) return blocks;
    }
    const { nodes } = this.#options;
    let solid = nodes.chainClock().solid;
    // While following, what the health checks know is too old.
    if (solid === null || solid.number <= cursor.number + 1)
      solid = await nodes.newestHeader('solid');
    return this.#fetch(cursor, solid.number);
  }

  #readAhead(last: ChainBlock): void {
    const solid = this.#options.nodes.chainClock().solid;
    if (solid === null || solid.number <= last.number) return;
    const from = { number: last.number, id: last.id, timeMs: last.timeMs };
    const blocks = this.#fetch(from, solid.number);
    blocks.catch(() => undefined);
    this.#ahead = { from, blocks };
  }

  async #fetch(cursor: ChainCursor, solidNumber: number): Promise<ChainBlock[]> {
    const from = cursor.number + 1;
    const end = Math.min(solidNumber + 1, from + this.#bunch);
    if (end <= from) return [];
    try {
      const blocks = await fetchSolidBlocks(this.#options.nodes, cursor.id, from, end);
      this.#bunch = Math.min(MAX_BUNCH, this.#bunch * 2);
      return blocks;
    } catch (error) {
      // A bunch too large for the limits on body or time becomes smaller until it fits.
      this.#bunch = Math.max(1, Math.floor(this.#bunch / 4));
      throw error;
    }
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
      if (isOnlyStale(error)) return EAGER_MS;
      report?.(error);
      return AFTER_ERROR_MS;
    }
  }

  #judge(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const faults = error instanceof ChainUnavailable ? error.faults : [];
    const diverged = faults.length > 0 && faults.every(({ kind }) => kind === 'wrong-chain');
    if (diverged || error instanceof DivergedChain) {
      const at = present(this.#cursor, 'cursor');
      this.#broken = `Every node contradicts our solid block ${at.number} (${at.id}). Reading has stopped: solid blocks never change, so the nodes or the database are wrong. (${why})`;
    } else {
      this.#trouble = `It does not get on: ${why}`;
    }
  }
}

function isOnlyStale(error: unknown): boolean {
  return (
    error instanceof ChainUnavailable &&
    error.faults.length > 0 &&
    error.faults.every(({ kind }) => kind === 'stale')
  );
}
