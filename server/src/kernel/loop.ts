import { type Clock, delay } from './clock.ts';

/**
 * Does one step after another until stopped, never two at once. A step says how long to wait for the
 * next; `wake` cuts a wait short.
 */
export class Loop {
  readonly #clock: Clock;
  readonly #step: () => Promise<number>;
  #stopped: AbortController | undefined;
  #nap = new AbortController();
  #woken = false;
  #running: Promise<void> = Promise.resolve();

  /** `step` returns the milliseconds until the next one and must not throw: see its callers. */
  constructor(clock: Clock, step: () => Promise<number>) {
    this.#clock = clock;
    this.#step = step;
  }

  start(): void {
    if (this.#stopped !== undefined) return;
    const stopped = new AbortController();
    this.#stopped = stopped;
    // A step from before the last stop may still run.
    this.#running = this.#running.then(() => this.#run(stopped.signal));
  }

  /** Ends the wait of now, or the next one when a step is running. */
  wake(): void {
    this.#woken = true;
    this.#nap.abort();
  }

  /** Resolves when the step in flight has ended. */
  async stop(): Promise<void> {
    this.#stopped?.abort();
    this.#nap.abort();
    this.#stopped = undefined;
    await this.#running;
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      this.#woken = false;
      const pauseMs = await this.#step();
      this.#nap = new AbortController();
      if (this.#interrupted(stopped)) continue;
      await delay(this.#clock, pauseMs, this.#nap.signal);
    }
  }

  /** Woken or stopped while the step ran. */
  #interrupted(stopped: AbortSignal): boolean {
    return this.#woken || stopped.aborted;
  }
}
