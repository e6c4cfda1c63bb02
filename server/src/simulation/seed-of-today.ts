import { systemClock } from '../kernel/clock.ts';

const DAY_MS = 86_400_000;
/** More than are played in a day's run. */
const SEEDS_A_DAY = 20_000;

/** Whole days since 1970: what turns with the date, so that a failure repeats all day. */
export function today(): number {
  return Math.floor(systemClock.now().getTime() / DAY_MS);
}

/** Other histories every day, the same all day long. */
export function seedOfToday(): number {
  return (today() * SEEDS_A_DAY) % 2 ** 32;
}
