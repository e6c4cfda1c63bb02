import { z } from 'zod';
import type { ProbeCheck } from './probe-checks.ts';

/** A probe as it was stored. */
export interface StoredProbe {
  readonly at: Date;
  readonly passed: boolean;
  readonly checks: readonly ProbeCheck[];
}

const probe = z.object({
  at: z.string().transform((text) => new Date(text)),
  passed: z.boolean(),
  checks: z.array(
    z.object({
      check: z.enum(['ACTIVATED', 'PERMISSION', 'BANDWIDTH', 'DELEGATION']),
      passed: z.boolean(),
      detail: z.string(),
    }),
  ),
});

/** Reads the column `last_probe`; null when no probe was made. */
export function readProbe(stored: unknown): StoredProbe | null {
  return stored === null ? null : probe.parse(stored);
}
