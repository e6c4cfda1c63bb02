import type { Clock } from '../kernel/clock.ts';
import type { Quote } from './judge-quotes.ts';

/** One TRX costs about 0.3 USDT. */
const AROUND = 300_000_000_000n;
/** The walk turns within this; far below what counts as a jump. */
const STEP_MS = 10_000;
const SWING_PER_MILLE = 30;

const SOURCES = ['Built-in east', 'Built-in west', 'Built-in south'] as const;

/**
 * The prices of the local network: two slow waves over time, the same for every process and every
 * run at the same moment, and for each source a little apart.
 */
export function builtInQuotes(clock: Clock): Quote[] {
  const at = clock.now();
  const step = Math.floor(at.getTime() / STEP_MS);
  // Not money yet: a whole number of millionths of the price, from -30,000 to 30,000.
  const wave = Math.round(SWING_PER_MILLE * 500 * (Math.sin(step / 97) + Math.sin(step / 29 + 1)));
  const middle = AROUND + (AROUND * BigInt(wave)) / 1_000_000n;
  return SOURCES.map((source, index) => {
    const price = middle + (middle * BigInt(index - 1)) / 2_000n;
    const half = price / 4_000n;
    return { source, bid: price - half, ask: price + half, at };
  });
}
