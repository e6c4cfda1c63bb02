import { createSubscriber } from 'svelte/reactivity';

/** The running time: whoever reads it follows each second while it is on the page. */
class Clock {
  #now = $state(Date.now());
  readonly #tick = createSubscriber(() => {
    const timer = setInterval(() => (this.#now = Date.now()), 1_000);
    return () => clearInterval(timer);
  });

  /** Milliseconds since 1970, by this machine's clock. */
  get now(): number {
    this.#tick();
    return this.#now;
  }
}

export const clock = new Clock();
