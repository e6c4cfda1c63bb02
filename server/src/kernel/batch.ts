import { assert, present } from './assert.ts';

interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/** What one member of a batch comes to; a failure is its own and not its neighbours'. */
export type Outcome<Output> = { readonly ok: Output } | { readonly error: Error };

export interface BatchOptions {
  readonly maxSize: number;
  /** What waits is shared among the idle lanes, but not into batches smaller than this. */
  readonly worthALane: number;
  /** Batches in flight at once. */
  readonly lanes: number;
  /** Waiting inputs above which a new one is refused at once. */
  readonly maxWaiting: number;
  readonly overloaded: () => Error;
}

/**
 * Gathers concurrent inputs while earlier batches are in flight, without a timer: an idle lane takes
 * what waits at once, a busy desk makes its batches larger by itself.
 */
export class Batcher<Input, Output> {
  readonly #run: (inputs: Input[]) => Promise<Outcome<Output>[]>;
  readonly #options: BatchOptions;
  #waiting: Waiting<Input, Output>[] = [];
  #busyLanes = 0;

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

  #fillLanes(): void {
    const { lanes, maxSize, worthALane } = this.#options;
    while (this.#busyLanes < lanes && this.#waiting.length > 0) {
      const share = Math.ceil(this.#waiting.length / (lanes - this.#busyLanes));
      const batch = this.#waiting.splice(0, Math.min(maxSize, Math.max(share, worthALane)));
      this.#busyLanes += 1;
      void this.#flush(batch).finally(() => {
        this.#busyLanes -= 1;
        this.#fillLanes();
      });
    }
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
