import type { InternalTransaction, LogEntry } from '../rules/effect.ts';
import type { World } from './world.ts';

/** One call into a contract's code. */
export interface Call {
  readonly world: World;
  readonly contract: string;
  readonly caller: string;
  readonly value: bigint;
  /** Selector and arguments, hex. */
  readonly data: string;
  readonly txid: string;
}

/** What the code did. */
export interface Outcome {
  /** Energy without the dynamic-energy penalty. */
  readonly energy: bigint;
  readonly penalty: bigint;
  readonly output: string;
  readonly reverted: boolean;
  readonly logs: readonly LogEntry[];
  readonly internal: readonly InternalTransaction[];
}

/** A successful outcome. */
export function done(
  energy: bigint,
  penalty: bigint,
  output: string,
  logs: readonly LogEntry[] = [],
  internal: readonly InternalTransaction[] = [],
): Outcome {
  return { energy, penalty, output, reverted: false, logs, internal };
}

/** A call that ended in REVERT. */
export function reverted(
  energy: bigint,
  penalty = 0n,
  internal: readonly InternalTransaction[] = [],
): Outcome {
  return { energy, penalty, output: '', reverted: true, logs: [], internal };
}
