/** TRON makes a block every 3 s; a local network may be faster. */
const LONGEST_SLOT_MS = 3_000;
const SHORTEST_SLOT_MS = 20;

/** Some slots may stay empty, at a maintenance above all. */
const STANDSTILL_MS = 5 * LONGEST_SLOT_MS;

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
  #slotMs: number | undefined;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** New blocks were seen, `count` of them since the last look. */
  arrived(now: number, count = 1): void {
    if (this.#lastArrival !== undefined) {
      const interval = (now - this.#lastArrival) / count;
      // Several at once: we rested too long. One: a missed slot or a late look, half is believed.
      const known = count > 1 ? interval : (this.#slotMs ?? interval);
      this.#slotMs = Math.min(LONGEST_SLOT_MS, Math.max(SHORTEST_SLOT_MS, (known + interval) / 2));
    }
    this.#lastArrival = now;
  }

  /** Milliseconds until the next look. */
  pause(now: number): number {
    const { eagerMs, idleMs } = this.#options;
    if (this.#lastArrival === undefined || this.#slotMs === undefined) return eagerMs;
    const since = now - this.#lastArrival;
    const eager = Math.min(eagerMs, this.#slotMs / 4);
    // Early enough for arrivals that were seen a look or two late.
    const due = this.#slotMs - Math.max(this.#slotMs / 10, 2 * eager) - since;
    if (due > eager) return due;
    return since > STANDSTILL_MS ? idleMs : eager;
  }
}
