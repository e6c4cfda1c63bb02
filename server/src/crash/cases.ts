import { DEPOSIT_POINTS, type DepositPoint } from './deposit-points.ts';
import { type CrashPoint, POINTS } from './points.ts';

/** What happens to the process that fell, or that stands still. */
export const RECOVERIES = ['restart', 'takeover', 'frozen', 'postgres'] as const;
/**
 * restart: kill -9, and the same instance again. takeover: kill -9, and another instance, which has
 * a name of its own, goes on. frozen: SIGSTOP until its lease is lost and another instance has had
 * its turn, then it wakes beside it. postgres: kill -9 of PostgreSQL while the process stands still,
 * then it wakes.
 */
export type Recovery = (typeof RECOVERIES)[number];

export interface CrashCase {
  readonly name: string;
  readonly point: CrashPoint;
  readonly recovery: Recovery;
}

export interface FaultCase {
  readonly name: string;
  /** What the node does to the next requests, in the words of the local network's control. */
  readonly fault: {
    readonly kind: string;
    readonly path?: string;
    readonly count: number;
    readonly accepted?: boolean;
  };
}

/** The watcher falls at the scanner's or the credit's work. */
export interface DepositCase {
  readonly name: string;
  readonly deposit: DepositPoint;
  readonly recovery: Recovery;
}

export type Case = CrashCase | DepositCase | FaultCase;

const broadcasts = '/wallet/broadcasthex';

const FAULTS: readonly FaultCase[] = [
  { name: 'node: time-out, accepted', fault: { kind: 'timeout-accepted', count: 2 } },
  { name: 'node: time-out, dropped', fault: { kind: 'timeout-dropped', count: 2 } },
  { name: 'node: says yes, forgets', fault: { kind: 'never-included', count: 4 } },
  { name: 'node: busy, dropped', fault: { kind: 'server-busy', count: 4 } },
  { name: 'node: busy, accepted', fault: { kind: 'server-busy', count: 4, accepted: true } },
  { name: 'node: DUP, dropped', fault: { kind: 'dup', count: 4 } },
  { name: 'node: DUP, accepted', fault: { kind: 'dup', count: 4, accepted: true } },
  { name: 'node: unknown code, dropped', fault: { kind: 'unknown-code', count: 4 } },
  {
    name: 'node: unknown code, accepted',
    fault: { kind: 'unknown-code', count: 4, accepted: true },
  },
  { name: 'node: falsely expired', fault: { kind: 'false-expired', count: 4 } },
  { name: 'node: P2P broadcast failed', fault: { kind: 'p2p-failed', count: 4 } },
  { name: 'node: garbage for an answer', fault: { kind: 'garbage', path: broadcasts, count: 4 } },
  { name: 'node: connection reset', fault: { kind: 'reset', path: broadcasts, count: 4 } },
];

/** The whole matrix: each crash point, of orders and of deposits, with each recovery, and each fault of a node. */
export const CASES: readonly Case[] = [
  ...POINTS.flatMap((point) =>
    RECOVERIES.map((recovery) => ({
      name: `${point.role}, ${point.name} / ${recovery}`,
      point,
      recovery,
    })),
  ),
  ...DEPOSIT_POINTS.flatMap((deposit) =>
    RECOVERIES.map((recovery) => ({
      name: `watcher, deposit, ${deposit.name} / ${recovery}`,
      deposit,
      recovery,
    })),
  ),
  ...FAULTS,
];
