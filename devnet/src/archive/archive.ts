import type { Block } from '../chain/block.ts';
import type { Change } from '../state/chain-state.ts';
import type { Operation } from '../chain/operation.ts';

/** Where a transaction was included. */
export interface Place {
  readonly number: number;
  readonly position: number;
}

/** Figures of the chain that are not in its state. */
export interface Meta {
  /** ms: time of slot 0. */
  readonly epoch: number;
  /** ms that `advance` added to the clock. */
  readonly offset: number;
  /** ms by which the next block is later than usual. */
  readonly jump: number;
  /** How often the chain was forked; moves the schedule, so that a new block differs. */
  readonly forks: number;
  readonly solid: number;
}

/** Where blocks, the solid state and set-up steps not yet in a block are kept. */
export interface Archive {
  /** Figures of an existing chain, undefined for an empty archive. */
  readonly meta: Meta | undefined;
  /** Number of the last block, -1 when there is none. */
  readonly head: number;
  /** The state at `meta.solid`. */
  state(): Iterable<Change>;
  block(number: number): Block | undefined;
  blockId(number: number): string | undefined;
  blockNumberOf(id: string): number | undefined;
  find(txid: string): Place | undefined;
  /** Numbers of blocks that carry transactions, ascending, from `first` on. */
  busyBlocks(first: number): Iterable<number>;
  /** Runs writes as one durable unit. */
  atomically(write: () => void): void;
  append(block: Block): void;
  /** Forgets every block after `number`. */
  truncate(number: number): void;
  saveState(changes: Iterable<Change>): void;
  saveMeta(meta: Meta): void;
  /** Set-up steps and transactions that wait for a block. */
  savePending(operations: readonly Operation[], transactions: readonly Uint8Array[]): void;
  pending(): { operations: readonly Operation[]; transactions: readonly Uint8Array[] };
  close(): void;
}
