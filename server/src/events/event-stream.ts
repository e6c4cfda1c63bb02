import { compareCursors, type DeskEvent, type EventCursor } from './event.ts';
import type { EventQueue } from './event-queue.ts';
import type { EventPage } from './read-events.ts';

export interface StreamParts {
  readonly queue: EventQueue;
  /** Where a replay begins; without it the stream is live from the start. */
  readonly after: EventCursor | undefined;
  /** The selected events of the table after a cursor. */
  readonly read: (after: EventCursor) => Promise<EventPage>;
  /** Ends the subscription; may be called again. */
  readonly leave: () => void;
}

/** One subscriber's events: first those of the table after its cursor, then live ones. */
export class EventStream implements AsyncGenerator<DeskEvent, void, undefined> {
  readonly #parts: StreamParts;
  #last: EventCursor | undefined;
  #replay: 'NONE' | 'HAS_MORE' | 'AT_END';
  #batch: readonly DeskEvent[] = [];
  #next = 0;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#last = parts.after;
    this.#replay = parts.after === undefined ? 'NONE' : 'HAS_MORE';
  }

  /**
   * All that is there, at least one, as soon as there is one; none when the stream has ended. For a
   * reader that takes many at once; not to be mixed with `next`.
   * @throws SubscriberTooSlow when the reader lags too far behind
   */
  async take(): Promise<readonly DeskEvent[]> {
    try {
      const events = (await this.#replayed()) ?? (await this.#live());
      if (events.length === 0) this.#parts.leave();
      return events;
    } catch (error) {
      this.#parts.leave();
      throw error;
    }
  }

  async next(): Promise<IteratorResult<DeskEvent, void>> {
    let event = this.#batch[this.#next];
    if (event === undefined) {
      this.#batch = await this.take();
      this.#next = 0;
      event = this.#batch[0];
    }
    if (event === undefined || this.#parts.queue.closed) return this.return();
    this.#next += 1;
    return { done: false, value: event };
  }

  return(): Promise<IteratorResult<DeskEvent, void>> {
    this.#parts.leave();
    this.#batch = [];
    return Promise.resolve({ done: true, value: undefined });
  }

  async throw(error: unknown): Promise<IteratorResult<DeskEvent, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** The next events of the table; undefined when all that it has was taken. */
  async #replayed(): Promise<readonly DeskEvent[] | undefined> {
    const { queue, read } = this.#parts;
    while (this.#last !== undefined && this.#replay !== 'NONE' && !queue.closed) {
      // What came in meanwhile waits in the queue. What did not fit there, the table still has.
      if (this.#replay === 'AT_END' && !queue.overflowed) this.#replay = 'NONE';
      else {
        queue.forgetOverflow();
        const { events, end, hasMore } = await read(this.#last);
        this.#last = end;
        this.#replay = hasMore ? 'HAS_MORE' : 'AT_END';
        if (events.length > 0) return events;
      }
    }
    return undefined;
  }

  async #live(): Promise<readonly DeskEvent[]> {
    const { queue } = this.#parts;
    for (;;) {
      const events = await queue.take();
      const last = this.#last;
      if (last === undefined || events.length === 0) return events;
      const fresh = events.filter(({ cursor }) => compareCursors(cursor, last) > 0);
      if (fresh.length > 0) {
        // They come in order: whatever follows is new.
        this.#last = undefined;
        return fresh;
      }
    }
  }
}
