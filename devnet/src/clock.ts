/** Time, handed in so that a simulation can bring its own. */
export interface Clock {
  /** ms since 1970 */
  now(): number;
  /** Runs something once after `ms`; the result cancels it. */
  after(ms: number, run: () => void): () => void;
}
