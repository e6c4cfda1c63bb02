/** TRON makes a block every 3 s; a local network may be faster. */
const LONGEST_SLOT_MS = 3_000;
const SHORTEST_SLOT_MS = 50;

export interface PaceOptions {
  /** How often to look while a block is due. */
  readonly eagerMs: number;
  /** How often to look when the chain seems to stand still. */
  readonly idleMs: number;
}

/**
 * When to look for the next block: rests through most of the slot, then looks often, and less often
 * again when nothing comes. Learns the slot's length from the arrivals. Times are a monotonic clock's.
 */
export class SlotPace {
  readonly #options: PaceOptions;
  #lastArrival: number | undefined;
  #slotMs = LONGEST_SLOT_MS;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** A new block was seen. */
  arrived(now: number): void {
    if (this.#lastArrival !== undefined) {
      const interval = now - this.#lastArrival;
      // One long gap is a missed slot, one short gap a late block: only half is believed.
      const learnt = Math.min(LONGEST_SLOT_MS, (this.#slotMs + interval) / 2);
      this.#slotMs = Math.max(SHORTEST_SLOT_MS, learnt);
    }
    this.#lastArrival = now;
  }

  /** Milliseconds until the next look. */
  pause(now: number): number {
    const { eagerMs, idleMs } = this.#options;
    if (this.#lastArrival === undefined) return eagerMs;
    const since = now - this.#lastArrival;
    // A tenth early, since arrivals are seen up to one look late.
    const due = this.#slotMs * 0.9 - since;
    if (due > eagerMs) return due;
    return since > 3 * LONGEST_SLOT_MS ? idleMs : eagerMs;
  }
}
