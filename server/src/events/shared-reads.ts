import { LRUCache } from 'lru-cache';
import { type DeskEvent, formatCursor } from './event.ts';

/** Events whose reads are remembered; readers further apart than this read for themselves. */
const REMEMBERED = 1_000;

/**
 * What must be read to tell about an event, read once for all who listen to it in this process. It is
 * read after the event, so it is as new as the event or newer.
 */
export class SharedReads<T> {
  readonly #reads = new LRUCache<string, Promise<T>>({ max: REMEMBERED });
  readonly #read: (event: DeskEvent) => Promise<T>;

  constructor(read: (event: DeskEvent) => Promise<T>) {
    this.#read = read;
  }

  of(event: DeskEvent): Promise<T> {
    const cursor = formatCursor(event.cursor);
    const known = this.#reads.get(cursor);
    if (known) return known;
    const reading = this.#read(event);
    this.#reads.set(cursor, reading);
    // A failure is not remembered.
    reading.catch(() => this.#reads.delete(cursor));
    return reading;
  }
}
