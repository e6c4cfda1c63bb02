import type { Alarm, Clock } from '../kernel/clock.ts';
import type { Gate } from './gate.ts';

/** Time that stands still until the simulation moves it; a wait ends when the scheduler says so. */
export class VirtualClock implements Clock {
  /** ms since 1970. */
  time: number;
  readonly #gate: Gate;

  constructor(gate: Gate, time: number) {
    this.#gate = gate;
    this.time = time;
  }

  now(): Date {
    return new Date(this.time);
  }

  monotonic(): number {
    return this.time;
  }

  /** The clock of a process that is wrong by so much. */
  wrongBy(milliseconds: number): Clock {
    return {
      now: () => new Date(this.time + milliseconds),
      monotonic: () => this.monotonic(),
      after: (wait, wake) => this.after(wait, wake),
    };
  }

  after(milliseconds: number, wake: () => void): Alarm {
    const until = this.time + milliseconds;
    let cancelled = false;
    void this.#gate.pass('wait', `${milliseconds} ms`, () => {
      this.time = Math.max(this.time, until);
      if (!cancelled) wake();
      return Promise.resolve();
    });
    return { cancel: () => void (cancelled = true) };
  }
}
