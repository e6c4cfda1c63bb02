import type { DeskEvent } from '../events/event.ts';
import type { EventSource } from './event-source.ts';
import type { Outlet } from './outlet.ts';
import type { Listener } from './shared-executions.ts';

export interface LiveStreamParts {
  readonly source: EventSource;
  readonly listener: Listener;
  readonly outlet: Outlet;
  /** What each message begins with. */
  readonly begin: Buffer;
  /** Whoever has left, or lost the right, gets no more. */
  readonly signal: AbortSignal;
}

/**
 * Tells one stream's events to its connection, in their order. It is called, never waits: an event that
 * goes to thousands would cost each of them promises, and more to collect them than to make them.
 */
export class LiveStream {
  // One by one: a wave goes through thousands, and each object on the way is one more to fetch.
  readonly #source: EventSource;
  readonly #listener: Listener;
  readonly #outlet: Outlet;
  readonly #begin: Buffer;
  readonly #signal: AbortSignal;
  #events: readonly DeskEvent[] = [];
  #next = 0;
  /** For the bytes of an event, or for room. */
  #waits = false;
  #ended = false;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(parts: LiveStreamParts) {
    this.#source = parts.source;
    this.#listener = parts.listener;
    this.#outlet = parts.outlet;
    this.#begin = parts.begin;
    this.#signal = parts.signal;
  }

  /** Until the end of the source, or of its connection. @throws what the source or an answer failed with */
  async run(): Promise<void> {
    const source = this.#source;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
        source.listen(this.#wake);
        this.#goOn();
      });
    } finally {
      this.#ended = true;
      this.#listener.leave();
      await source.return();
    }
  }

  readonly #wake = (): void => {
    if (this.#source.ended) this.#end();
    else if (!this.#waits) this.#goOn();
  };

  readonly #resume = (): void => {
    this.#waits = false;
    this.#goOn();
  };

  #goOn(): void {
    if (this.#ended) return;
    try {
      for (let event = this.#event(); event !== undefined; event = this.#event()) {
        const payload = this.#payloadOf(event);
        if (payload === undefined) return;
        this.#outlet.send(this.#begin, payload);
        this.#next += 1;
      }
      if (this.#source.ended) this.#end();
    } catch (error) {
      this.#ended = true;
      this.#reject(error);
    }
  }

  /** The next event that can be had at once. */
  #event(): DeskEvent | undefined {
    if (this.#signal.aborted) {
      this.#end();
      return undefined;
    }
    const event = this.#events[this.#next];
    if (event !== undefined) return event;
    this.#events = this.#source.takeNow();
    this.#next = 0;
    return this.#events[0];
  }

  /** What is told of it; undefined when that, or room for it, has to be waited for. */
  #payloadOf(event: DeskEvent): Buffer | undefined {
    const payload = this.#outlet.isFull(this.#resume)
      ? undefined
      : this.#listener.payloadOf(event, this.#resume);
    this.#waits = payload === undefined;
    return payload;
  }

  #end(): void {
    this.#ended = true;
    this.#resolve();
  }
}
