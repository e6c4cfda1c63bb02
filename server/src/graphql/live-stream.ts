import type { DeskEvent } from '../events/event.ts';
import type { EventSource } from './event-source.ts';
import type { Outlet } from './outlet.ts';
import type { Listener, Told } from './shared-executions.ts';

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
  /** They are told together, and have not been told. */
  #events: readonly DeskEvent[] = [];
  /** For what is told of them, or for room. */
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
      while (this.#take()) {
        const told = this.#told();
        if (told === undefined) return;
        this.#events = [];
        this.#outlet.send(this.#begin, told.payloads);
        if (told.failure !== undefined) throw told.failure.error;
      }
      if (this.#source.ended) this.#end();
    } catch (error) {
      this.#ended = true;
      this.#reject(error);
    }
  }

  /** Whether there is anything to be told at once. */
  #take(): boolean {
    if (this.#signal.aborted) {
      this.#end();
      return false;
    }
    if (this.#events.length === 0) this.#events = this.#source.takeNow();
    return this.#events.length > 0;
  }

  /** What is told of the events; undefined when that, or room for it, has to be waited for. */
  #told(): Told | undefined {
    const told = this.#outlet.isFull(this.#resume)
      ? undefined
      : this.#listener.toldOf(this.#events, this.#resume);
    this.#waits = told === undefined;
    return told;
  }

  #end(): void {
    this.#ended = true;
    this.#resolve();
  }
}
