import type { Archive, Place } from '../archive/archive.ts';
import type { Block } from './block.ts';

/** Ids kept at hand: builders and TAPOS checks ask for recent ones all the time. */
const recentCount = 1_000;

/** The blocks of the chain and what is in them, read from the archive. */
export class History {
  protected readonly archive: Archive;
  private readonly recentIds = new Map<number, string>();

  constructor(archive: Archive) {
    this.archive = archive;
  }

  block(number: number): Block | undefined {
    return this.archive.block(number);
  }

  /** A block that must be there. Throws when the archive lost it. */
  protected required(number: number): Block {
    const block = this.archive.block(number);
    if (!block) throw new Error(`block ${number} is missing from the archive`);
    return block;
  }

  blockId(number: number): string | undefined {
    return this.recentIds.get(number) ?? this.archive.blockId(number);
  }

  blockNumberOf(id: string): number | undefined {
    return this.archive.blockNumberOf(id);
  }

  /** Where a transaction was included. */
  find(txid: string): Place | undefined {
    return this.archive.find(txid);
  }

  /** Numbers of blocks with transactions, ascending, from `first` on. */
  busyBlocks(first: number): Iterable<number> {
    return this.archive.busyBlocks(first);
  }

  protected append(block: Block): void {
    const { number, id } = block.header;
    this.archive.append(block);
    this.recentIds.set(number, id);
    this.recentIds.delete(number - recentCount);
  }

  protected truncate(number: number): void {
    this.archive.truncate(number);
    this.recentIds.clear();
  }
}
