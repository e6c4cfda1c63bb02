import { eventLoopUtilization } from 'node:perf_hooks';
import { type Clock, delay } from '../kernel/clock.ts';

/** Times as long as the work took. */
const LEAST_REST = 0.5;
/** The same, while others take all of the process's time. */
const MOST_REST = 16;
/** Whoever takes the answer may give up on a connection on which nothing comes. */
const LONGEST_REST_MS = 5_000;

/**
 * How long somebody who has all the time rests after a piece of work, so that others come first.
 * @param tookMs what the work took
 * @param others share of the process's time that others took meanwhile, from 0 to 1
 */
export function restAfter(tookMs: number, others: number): number {
  return Math.min(LONGEST_REST_MS, tookMs * Math.max(LEAST_REST, MOST_REST * others));
}

/** Rests after each piece of a long work, the longer the busier the process was while it last rested. */
export class Resting {
  readonly #clock: Clock;
  #others = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async rest(tookMs: number, gone: AbortSignal): Promise<void> {
    const before = eventLoopUtilization();
    await delay(this.#clock, restAfter(tookMs, this.#others), gone);
    this.#others = eventLoopUtilization(before).utilization;
  }
}
