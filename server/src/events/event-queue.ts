import { DomainError } from '../kernel/domain-error.ts';
import {
  type DeskEvent,
  type EventCursor,
  type EventSelection,
  formatCursor,
  isSelected,
} from './event.ts';

/** The reader lags behind; `details.after` is the cursor to subscribe again with. */
export class SubscriberTooSlow extends DomainError {
  readonly code = 'RATE_LIMITED';
  override readonly retryable = true;
}

/** What one subscriber has still to read. Full, it keeps nothing more, and says so to its reader. */
export class EventQueue {
  readonly #limit: number;
  readonly #selection: EventSelection;
  #waiting: DeskEvent[] = [];
  #lastRead: EventCursor | undefined;
  #overflowed = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(limit: number, selection: EventSelection) {
    this.#limit = limit;
    this.#selection = selection;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get overflowed(): boolean {
    return this.#overflowed;
  }

  /**
   * Takes what it wants of a page. Only a reader that has not kept up with earlier pages overflows,
   * so the queue holds at most its limit and one page.
   */
  push(page: readonly DeskEvent[]): void {
    if (this.#closed || this.#overflowed) return;
    const wanted = page.filter((event) => isSelected(event, this.#selection));
    if (wanted.length === 0) return;
    if (this.#waiting.length >= this.#limit) {
      this.#overflowed = true;
      this.#waiting = [];
    } else {
      this.#waiting.push(...wanted);
    }
    this.#wake?.();
  }

  /** For a reader that takes from the table what did not fit. */
  forgetOverflow(): void {
    this.#overflowed = false;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /**
   * All that waits, as soon as something does; none once it is closed.
   * @throws SubscriberTooSlow when it is full
   */
  async take(): Promise<readonly DeskEvent[]> {
    for (;;) {
      if (this.#closed) return [];
      if (this.#overflowed) throw this.#tooSlow();
      if (this.#waiting.length > 0) {
        const taken = this.#waiting;
        this.#waiting = [];
        this.#lastRead = taken.at(-1)?.cursor;
        return taken;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #tooSlow(): SubscriberTooSlow {
    return new SubscriberTooSlow(
      'This stream was read too slowly and was closed. Subscribe again with `after` to go on.',
      this.#lastRead && { details: { after: formatCursor(this.#lastRead) } },
    );
  }
}
