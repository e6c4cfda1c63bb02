import type { Transaction } from '../wire/transaction.ts';
import type { Operation } from './operation.ts';

/** A transaction that waits for a block. */
export interface PoolEntry {
  readonly transaction: Transaction;
  /** Who signed; absent when it came from the network's own control endpoints or archive. */
  readonly signedBy: readonly string[] | undefined;
  /** Chain time of the head when it was received, ms. */
  readonly receivedAt: number;
}

/** Transactions and set-up steps that wait for a block, in the order they came. */
export class Pool {
  /** A node drops what it could not place for so long (node.pendingTransactionTimeout). */
  static readonly timeoutMs = 60_000;

  readonly operations: Operation[] = [];
  private waiting = new Map<string, PoolEntry>();

  get size(): number {
    return this.waiting.size;
  }

  has(txid: string): boolean {
    return this.waiting.has(txid);
  }

  get(txid: string): PoolEntry | undefined {
    return this.waiting.get(txid);
  }

  add(entry: PoolEntry): void {
    this.waiting.set(entry.transaction.txid, entry);
  }

  entries(): PoolEntry[] {
    return [...this.waiting.values()];
  }

  /** Empties the pool of transactions. */
  takeAll(): PoolEntry[] {
    const all = this.entries();
    this.waiting = new Map();
    return all;
  }

  takeOperations(): Operation[] {
    return this.operations.splice(0);
  }
}
