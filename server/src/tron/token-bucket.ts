import type { Alarm, Clock } from '../kernel/clock.ts';

export interface TokenBucketOptions {
  /** Tokens that come back each second. */
  readonly perSecond: number;
  /** Tokens that it holds at most, and at first. */
  readonly burst: number;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
}

interface Waiting {
  readonly urgent: boolean;
  readonly grant: (granted: boolean) => void;
  readonly giveUp: Alarm;
}

/** Tokens that come back at a steady pace; who finds none waits in line, the urgent before all others. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #tokens: number;
  #countedAt: number;
  #line: Waiting[] = [];
  #next: Alarm | null = null;

  constructor(options: TokenBucketOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#countedAt = options.clock.monotonic();
  }

  /** Whole tokens that are there now. */
  get level(): number {
    this.#count();
    return Math.floor(this.#tokens);
  }

  /** Takes a token, at once or within `patienceMs`; false when none came in that time. */
  take(urgent: boolean, patienceMs: number): Promise<boolean> {
    this.#count();
    if (this.#line.length === 0 && this.#tokens >= 1) {
      this.#tokens -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiting: Waiting = {
        urgent,
        grant: (granted) => {
          waiting.giveUp.cancel();
          resolve(granted);
        },
        giveUp: this.#options.clock.after(patienceMs, () => {
          this.#line = this.#line.filter((one) => one !== waiting);
          resolve(false);
        }),
      };
      // Behind all that are as urgent, and before all that are less.
      const place = urgent ? this.#line.findIndex((one) => !one.urgent) : -1;
      this.#line.splice(place < 0 ? this.#line.length : place, 0, waiting);
      this.#schedule();
    });
  }

  #count(): void {
    const now = this.#options.clock.monotonic();
    const { perSecond, burst } = this.#options;
    const earned = (Math.max(0, now - this.#countedAt) / 1_000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + earned);
    this.#countedAt = now;
  }

  #schedule(): void {
    if (this.#next !== null || this.#line.length === 0) return;
    const missing = Math.max(0, 1 - this.#tokens);
    // A little late rather than a rounding early.
    const waitMs = Math.ceil((missing / this.#options.perSecond) * 1_000);
    this.#next = this.#options.clock.after(waitMs, () => {
      this.#next = null;
      this.#count();
      while (this.#tokens >= 1) {
        const first = this.#line.shift();
        if (first === undefined) break;
        this.#tokens -= 1;
        first.grant(true);
      }
      this.#schedule();
    });
  }
}
