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
export class EventQueue implements AsyncIterable<DeskEvent> {
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

  async *[Symbol.asyncIterator](): AsyncGenerator<DeskEvent, void, undefined> {
    for (;;) {
      if (this.#closed) return;
      if (this.#overflowed) throw this.#tooSlow();
      const batch = this.#waiting;
      this.#waiting = [];
      for (const event of batch) {
        if (this.#mayNotGoOn()) break;
        this.#lastRead = event.cursor;
        yield event;
      }
      if (this.#waiting.length === 0 && !this.#mayNotGoOn()) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #mayNotGoOn(): boolean {
    return this.#closed || this.#overflowed;
  }

  #tooSlow(): SubscriberTooSlow {
    return new SubscriberTooSlow(
      'This stream was read too slowly and was closed. Subscribe again with `after` to go on.',
      this.#lastRead && { details: { after: formatCursor(this.#lastRead) } },
    );
  }
}
