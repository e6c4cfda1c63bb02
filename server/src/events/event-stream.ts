import { compareCursors, type DeskEvent, type EventCursor } from './event.ts';
import type { EventQueue } from './event-queue.ts';
import { runsOf } from './event-runs.ts';
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

const NOTHING: readonly DeskEvent[] = [];

/**
 * One subscriber's events: first those of the table after its cursor, then live ones. It is read
 * either by iterating or by `listen` and `takeNow`, which cost a wave of thousands no promise each.
 */
export class EventStream implements AsyncGenerator<DeskEvent, void, undefined> {
  readonly #parts: StreamParts;
  #last: EventCursor | undefined;
  #replay: 'NONE' | 'HAS_MORE' | 'AT_END';
  /** Of the table, and not yet taken. */
  #replayed: (readonly DeskEvent[])[] = [];
  #reading = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  #batch = NOTHING;
  #next = 0;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#last = parts.after;
    this.#replay = parts.after === undefined ? 'NONE' : 'HAS_MORE';
    parts.queue.listen(() => this.#wake?.());
  }

  /** Nothing comes any more. */
  get ended(): boolean {
    return this.#parts.queue.closed;
  }

  /** Calls back whenever there may be something to take, and at the end. */
  listen(wake: () => void): void {
    this.#wake = wake;
  }

  /**
   * Events that are told together, of what is there at this moment; when there is nothing, whoever listens
   * is called once there is.
   * @throws SubscriberTooSlow when the reader lags too far behind
   */
  takeNow(): readonly DeskEvent[] {
    try {
      if (this.#replay !== 'NONE') {
        const events = this.#takeReplayed();
        // The replay may have just ended: what came in meanwhile waits in the queue.
        if (this.#isReplaying() || events.length > 0) return events;
      }
      return this.#takeLive();
    } catch (error) {
      this.#wake = undefined;
      this.#parts.leave();
      throw error;
    }
  }

  async next(): Promise<IteratorResult<DeskEvent, void>> {
    while (this.#batch[this.#next] === undefined && !this.ended) await this.#fill();
    const event = this.#batch[this.#next];
    if (event === undefined || this.ended) return this.return();
    this.#next += 1;
    return { done: false, value: event };
  }

  return(): Promise<IteratorResult<DeskEvent, void>> {
    this.#parts.leave();
    this.#batch = NOTHING;
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

  /** The next batch, or a wait for it. */
  async #fill(): Promise<void> {
    this.#batch = this.takeNow();
    this.#next = 0;
    if (this.#batch.length > 0 || this.ended) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #isReplaying(): boolean {
    return this.#replay !== 'NONE';
  }

  /** What was read of the table; begins to read on when that is taken. */
  #takeReplayed(): readonly DeskEvent[] {
    const { queue } = this.#parts;
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#reading || queue.closed) return NOTHING;
    const events = this.#replayed.shift();
    if (events !== undefined) return events;
    // What did not fit into the queue meanwhile, the table still has.
    if (this.#replay === 'AT_END' && !queue.overflowed) this.#replay = 'NONE';
    else if (this.#last !== undefined) {
      queue.forgetOverflow();
      void this.#readOn(this.#last);
    }
    return NOTHING;
  }

  async #readOn(after: EventCursor): Promise<void> {
    this.#reading = true;
    try {
      const { events, end, hasMore } = await this.#parts.read(after);
      this.#last = end;
      this.#replay = hasMore ? 'HAS_MORE' : 'AT_END';
      this.#replayed = runsOf(events);
    } catch (error) {
      this.#failure = { error };
    }
    this.#reading = false;
    this.#wake?.();
  }

  #takeLive(): readonly DeskEvent[] {
    for (;;) {
      const events = this.#parts.queue.take();
      const last = this.#last;
      if (last === undefined || events.length === 0) return events;
      const fresh = events.filter(({ cursor }) => compareCursors(cursor, last) > 0);
      if (fresh.length === 0) continue;
      // They come in order: whatever follows is new.
      this.#last = undefined;
      return fresh;
    }
  }
}
