/** Reads a choice kept on this machine; `fallback` when there is none, or it is not offered. */
export function readChoice<Choice extends string>(
  key: string,
  offered: readonly Choice[],
  fallback: Choice,
): Choice {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
  return offered.find((choice) => choice === stored) ?? fallback;
}

/** Keeps a choice on this machine. */
export function writeChoice(key: string, choice: string): void {
  localStorage.setItem(key, choice);
}
