import type { EntityManager } from '../database/database.ts';
import type { Clock } from '../kernel/clock.ts';
import { readSafeMode, type SafeModeRow } from './read-safe-mode.ts';
import { refusalOf } from './safe-mode.ts';

const STALE_AFTER_MS = 1_000;

/**
 * The safe mode for what asks all the time and may see it a second late: quotes, health, the first
 * look at an order. What gives something away reads the row in its own transaction.
 */
export class SafeModeStore {
  readonly #read: () => EntityManager;
  readonly #clock: Clock;
  #known: { readonly row: SafeModeRow; readonly at: number } | undefined;
  #reading: Promise<SafeModeRow> | undefined;

  constructor(read: () => EntityManager, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** At most a second old. Throws what the database throws when it has to ask. */
  current(): Promise<SafeModeRow> {
    if (this.#known && this.#clock.monotonic() - this.#known.at < STALE_AFTER_MS) {
      return Promise.resolve(this.#known.row);
    }
    this.#reading ??= this.#refresh();
    return this.#reading;
  }

  /** Why orders for the resource are refused, by what was known last; asks anew behind the scenes. */
  recentRefusal(resource: string): string | undefined {
    // Whoever needs the answer waits for `current` and hears of the failure there.
    void this.current().catch(() => undefined);
    return this.#known && refusalOf(this.#known.row, resource);
  }

  async #refresh(): Promise<SafeModeRow> {
    const at = this.#clock.monotonic();
    try {
      const row = await readSafeMode(this.#read());
      this.#known = { row, at };
      return row;
    } finally {
      this.#reading = undefined;
    }
  }
}
