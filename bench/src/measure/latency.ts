import { createHistogram } from 'node:perf_hooks';

/** Node's own HDR histogram holds whole numbers: microseconds here, up to ten minutes. */
const HIGHEST_US = 600_000_000;

/** Durations, kept to three digits whatever their number. */
export class Latencies {
  readonly #histogram = createHistogram({ lowest: 1, highest: HIGHEST_US, figures: 3 });

  /** @param milliseconds below zero counts as none */
  record(milliseconds: number): void {
    const microseconds = Math.round(milliseconds * 1_000);
    this.#histogram.record(Math.min(Math.max(microseconds, 1), HIGHEST_US));
  }

  get count(): number {
    return this.#histogram.count;
  }

  /** @returns milliseconds; 0 without any */
  percentile(percent: number): number {
    return this.count === 0 ? 0 : this.#histogram.percentile(percent) / 1_000;
  }

  /** Takes over what another one holds. */
  add(other: Latencies): void {
    this.#histogram.add(other.#histogram);
  }
}
