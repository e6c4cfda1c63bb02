const BUCKETS = 60;

/**
 * The sum over the last window, in 60 buckets: the oldest counts whole, so that the sum is never too
 * low by what still lies in the window.
 */
export class SlidingSum {
  readonly #bucketMs: number;
  readonly #buckets = new Map<number, bigint>();

  constructor(windowMs: number) {
    this.#bucketMs = windowMs / BUCKETS;
  }

  add(atMs: number, amount: bigint): void {
    const bucket = Math.floor(atMs / this.#bucketMs);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0n) + amount);
  }

  /** `atMs` never goes back. */
  total(atMs: number): bigint {
    const oldest = Math.floor(atMs / this.#bucketMs) - BUCKETS;
    let sum = 0n;
    for (const [bucket, amount] of this.#buckets) {
      if (bucket < oldest) this.#buckets.delete(bucket);
      else sum += amount;
    }
    return sum;
  }
}
