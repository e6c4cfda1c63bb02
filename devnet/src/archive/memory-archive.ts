import type { Block } from '../chain/block.ts';
import type { Archive, Meta, Place } from './archive.ts';

/** Keeps everything in memory: for tests and simulations. */
export class MemoryArchive implements Archive {
  meta: Meta | undefined;
  private readonly blocks: Block[] = [];
  private readonly places = new Map<string, Place>();
  private readonly numbers = new Map<string, number>();

  get head(): number {
    return this.blocks.length - 1;
  }

  state(): [] {
    return [];
  }

  block(number: number): Block | undefined {
    return this.blocks[number];
  }

  blockId(number: number): string | undefined {
    return this.blocks[number]?.header.id;
  }

  blockNumberOf(id: string): number | undefined {
    return this.numbers.get(id);
  }

  find(txid: string): Place | undefined {
    return this.places.get(txid);
  }

  *busyBlocks(first: number): Iterable<number> {
    for (let number = Math.max(first, 0); number < this.blocks.length; number++) {
      if ((this.blocks[number]?.results.length ?? 0) > 0) yield number;
    }
  }

  atomically(write: () => void): void {
    write();
  }

  append(block: Block): void {
    const { number, id } = block.header;
    this.blocks.push(block);
    this.numbers.set(id, number);
    block.transactions.forEach(({ txid }, position) => {
      this.places.set(txid, { number, position });
    });
  }

  truncate(number: number): void {
    for (const block of this.blocks.splice(number + 1)) {
      this.numbers.delete(block.header.id);
      for (const { txid } of block.transactions) this.places.delete(txid);
    }
  }

  saveState(): void {
    // The state itself is in memory.
  }

  saveMeta(meta: Meta): void {
    this.meta = meta;
  }

  savePending(): void {
    // Nothing outlives the process.
  }

  pending(): { operations: []; transactions: [] } {
    return { operations: [], transactions: [] };
  }

  close(): void {
    // Nothing to release.
  }
}
