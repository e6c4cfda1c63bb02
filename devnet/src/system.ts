import type { Clock } from './clock.ts';

/** The machine's time: one of the two doors through which it comes in. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The machine's chance. */
export const systemRandom = (): number => Math.random();
