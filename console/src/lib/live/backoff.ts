const first = 500;
const longest = 15_000;

/**
 * How long to wait before trying again, in milliseconds: doubling from half a second to 15 s,
 * each spread over its upper half by `chance` (0 to 1) so that many consoles do not return at once.
 */
export function backoff(attempt: number, chance: number): number {
  const full = Math.min(longest, first * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * chance);
}
