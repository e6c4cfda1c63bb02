import type { Alarm, Clock } from '../kernel/clock.ts';

/** A clock that stands still until it is told how much time passes. */
export class StepClock implements Clock {
  #nowMs = 0;
  #alarms: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#nowMs);
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(milliseconds: number, wake: () => void): Alarm {
    const alarm = { at: this.#nowMs + milliseconds, wake };
    this.#alarms.push(alarm);
    return { cancel: () => (this.#alarms = this.#alarms.filter((one) => one !== alarm)) };
  }

  /** Lets time pass; each alarm wakes at its own moment, in order, and what it starts runs. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#nowMs + milliseconds;
    for (;;) {
      await settle();
      const due = this.#alarms.filter(({ at }) => at <= until);
      const next = due.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#alarms = this.#alarms.filter((one) => one !== next);
      this.#nowMs = Math.max(this.#nowMs, next.at);
      next.wake();
    }
    this.#nowMs = until;
  }
}

/** Runs what only waits for promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
