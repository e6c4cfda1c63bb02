import type { DeskEvent } from '../events/event.ts';
import { EventStream } from '../events/event-stream.ts';
import { assert } from '../kernel/assert.ts';

/** Where the events of a stream come from. */
export interface EventSource {
  /** Nothing comes any more. */
  readonly ended: boolean;
  /** Calls back whenever there may be something to take, and at the end. */
  listen(wake: () => void): void;
  /** What is there and told together; @throws what the stream failed with */
  takeNow(): readonly DeskEvent[];
  /** Ends it. */
  return(): Promise<unknown>;
}

/** The events of what a `subscribe` has answered with. */
export function sourceOf(events: AsyncIterable<unknown>): EventSource {
  // Most streams are the feed's own; a generator stands before those that choose further.
  return events instanceof EventStream ? events : new PulledSource(events);
}

const NOTHING: readonly DeskEvent[] = [];

/** A generator, asked for one event after the other. */
class PulledSource implements EventSource {
  readonly #iterator: AsyncIterator<unknown>;
  #event: DeskEvent | undefined;
  #pulling = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(events: AsyncIterable<unknown>) {
    this.#iterator = events[Symbol.asyncIterator]();
  }

  get ended(): boolean {
    return this.#ended;
  }

  listen(wake: () => void): void {
    this.#wake = wake;
  }

  takeNow(): readonly DeskEvent[] {
    if (this.#failure !== undefined) throw this.#failure.error;
    const event = this.#event;
    this.#event = undefined;
    if (event !== undefined) return [event];
    if (!this.#pulling && !this.#ended) void this.#pull();
    return NOTHING;
  }

  async return(): Promise<void> {
    this.#ended = true;
    await this.#iterator.return?.();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    try {
      const result: IteratorResult<unknown, unknown> = await this.#iterator.next();
      if (result.done === true) this.#ended = true;
      else {
        assert(isEvent(result.value), 'all streams are of events');
        this.#event = result.value;
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#pulling = false;
    this.#wake?.();
  }
}

function isEvent(value: unknown): value is DeskEvent {
  return typeof value === 'object' && value !== null && 'cursor' in value && 'kind' in value;
}
