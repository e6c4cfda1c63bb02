/** A wait that can be given up. */
export interface Alarm {
  cancel(): void;
}

/**
 * Where time comes in. It wakes and it measures; it decides nothing: leases are judged by the
 * database's clock, everything on chain by block timestamps.
 */
export interface Clock {
  now(): Date;
  /** Milliseconds that only ever grow, for durations. */
  monotonic(): number;
  after(milliseconds: number, wake: () => void): Alarm;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after(milliseconds, wake) {
    const timer = setTimeout(wake, milliseconds);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Waits on the given clock; ends early, without error, when the signal aborts. */
export function delay(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      alarm.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const alarm = clock.after(milliseconds, finish);
    signal?.addEventListener('abort', finish);
  });
}
