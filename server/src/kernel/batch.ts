import { assert, present } from './assert.ts';
import type { Clock } from './clock.ts';

interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/** What one member of a batch comes to; a failure is its own and not its neighbours'. */
export type Outcome<Output> = { readonly ok: Output } | { readonly error: Error };

export interface BatchOptions {
  readonly maxSize: number;
  /** Batches in flight at once. */
  readonly lanes: number;
  /** What waits is shared among the idle lanes, but not into batches smaller than this. */
  readonly worthALane: number;
  /** While one is in flight smaller ones wait for it, this long to twice this long at the most. */
  readonly patienceMs: number;
  readonly clock: Clock;
  /** Waiting inputs above which a new one is refused at once. */
  readonly maxWaiting: number;
  readonly overloaded: () => Error;
}

/**
 * Gathers concurrent inputs while earlier batches are in flight: an idle desk takes what comes at once, a
 * busy one makes its batches larger by itself. Who waits behind a batch that is held up is not held up
 * with it.
 */
export class Batcher<Input, Output> {
  readonly #run: (inputs: Input[]) => Promise<Outcome<Output>[]>;
  readonly #options: BatchOptions;
  #waiting: Waiting<Input, Output>[] = [];
  #busyLanes = 0;
  #isTimed = false;

  constructor(run: (inputs: Input[]) => Promise<Outcome<Output>[]>, options: BatchOptions) {
    this.#run = run;
    this.#options = options;
  }

  submit(input: Input): Promise<Output> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(this.#options.overloaded());
    }
    return new Promise<Output>((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      // One turn of the event loop lets requests that arrived together share the first batch.
      queueMicrotask(() => {
        this.#fillLanes();
      });
    });
  }

  /** @param least so many are worth a lane beside busy ones */
  #fillLanes(least = this.#options.worthALane): void {
    const { lanes, maxSize, worthALane } = this.#options;
    while (this.#busyLanes < lanes && this.#waiting.length > 0) {
      if (this.#busyLanes > 0 && this.#waiting.length < least) {
        this.#loseNobody();
        return;
      }
      const share = Math.ceil(this.#waiting.length / (lanes - this.#busyLanes));
      const batch = this.#waiting.splice(0, Math.min(maxSize, Math.max(share, worthALane)));
      this.#busyLanes += 1;
      void this.#flush(batch).finally(() => {
        this.#busyLanes -= 1;
        this.#fillLanes();
      });
    }
  }

  /** Who waits now goes on its way soon, whatever happens to the batches in flight. */
  #loseNobody(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const [oldest] = this.#waiting;
    this.#options.clock.after(this.#options.patienceMs, () => {
      this.#isTimed = false;
      this.#fillLanes(this.#waiting[0] === oldest ? 1 : undefined);
    });
  }

  async #flush(batch: Waiting<Input, Output>[]): Promise<void> {
    try {
      const outcomes = await this.#run(batch.map(({ input }) => input));
      assert(outcomes.length === batch.length, 'a batch answers each of its members');
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = present(outcomes[index], 'outcome');
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.ok);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
