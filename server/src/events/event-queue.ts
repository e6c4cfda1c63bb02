import { DomainError } from '../kernel/domain-error.ts';
import { type DeskEvent, type EventCursor, formatCursor } from './event.ts';

/** The reader lags behind; `details.after` is the cursor to subscribe again with. */
export class SubscriberTooSlow extends DomainError {
  readonly code = 'RATE_LIMITED';
  override readonly retryable = true;
}

const NOTHING: readonly DeskEvent[] = [];

/**
 * What one subscriber has still to read, as it came: those who want the same share it, and what is made of
 * it. Full, it keeps nothing more, and says so to its reader.
 */
export class EventQueue {
  readonly #limit: number;
  #waiting: (readonly DeskEvent[])[] = [];
  #size = 0;
  #lastRead: EventCursor | undefined;
  #overflowed = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Calls back whenever there is something to take, and at the end. */
  listen(wake: () => void): void {
    this.#wake = wake;
  }

  /**
   * Takes the runs of one page. Only a reader that has not kept up with earlier pages
   * overflows, so the queue holds at most its limit and one page.
   */
  push(runs: readonly (readonly DeskEvent[])[]): void {
    if (this.#closed || this.#overflowed) return;
    if (this.#size >= this.#limit) {
      this.#overflowed = true;
      this.#waiting = [];
      this.#size = 0;
    } else {
      for (const run of runs) {
        this.#waiting.push(run);
        this.#size += run.length;
      }
    }
    this.#wake?.();
  }

  /** For a reader that takes from the table what did not fit. */
  forgetOverflow(): void {
    this.#overflowed = false;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake?.();
  }

  /**
   * What came first of what waits; none when nothing does, or once it is closed.
   * @throws SubscriberTooSlow when it is full
   */
  take(): readonly DeskEvent[] {
    if (this.#closed) return NOTHING;
    if (this.#overflowed) throw this.#tooSlow();
    const taken = this.#waiting.shift();
    if (taken === undefined) return NOTHING;
    this.#size -= taken.length;
    this.#lastRead = taken.at(-1)?.cursor;
    return taken;
  }

  #tooSlow(): SubscriberTooSlow {
    return new SubscriberTooSlow(
      'This stream was read too slowly and was closed. Subscribe again with `after` to go on.',
      this.#lastRead && { details: { after: formatCursor(this.#lastRead) } },
    );
  }
}
