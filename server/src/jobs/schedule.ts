/**
 * What each wake-up makes its part of the desk look for. None of them carries data and each may
 * come late, twice or never: the parts find their work in PostgreSQL by themselves.
 */
export interface JobHandlers {
  /** Delegations that are due. */
  readonly wakeEngine: () => void | Promise<void>;
  /** New blocks. */
  readonly wakeReader: () => void | Promise<void>;
  /** Rentals that have ended. */
  readonly wakeReclaim: () => void | Promise<void>;
  /** Orders past their deadline, leases that ran out, whatever else was left lying. */
  readonly sweep: () => void | Promise<void>;
  /** Sessions that are over. */
  readonly cleanSessions: () => void | Promise<void>;
}

export const JOBS = {
  delegation: { everyMs: 2_000, handler: 'wakeEngine' },
  scanning: { everyMs: 3_000, handler: 'wakeReader' },
  reclaim: { everyMs: 10_000, handler: 'wakeReclaim' },
  sweep: { everyMs: 30_000, handler: 'sweep' },
  sessions: { everyMs: 3_600_000, handler: 'cleanSessions' },
} as const satisfies Record<string, { everyMs: number; handler: keyof JobHandlers }>;

export type JobName = keyof typeof JOBS;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];
