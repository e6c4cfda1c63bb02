import { z } from 'zod';

/**
 * What a node said to a broadcast. It is advice only: whatever it says, an attempt is settled by
 * solid blocks alone (tron-facts 2.5), since other calls or nodes may have had the same bytes.
 */
export interface BroadcastAnswer {
  readonly kind: 'accepted' | 'duplicate' | 'refused' | 'busy' | 'unknown';
  /** The node's response code, or the fault's kind where there was no answer. */
  readonly code: string;
  readonly message: string;
  /** False where this very call certainly left nothing in the node's pool. */
  readonly mayLand: boolean;
}

const reply = z.object({
  result: z.boolean().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  Error: z.string().optional(),
});

/** tron-facts 2.2; every code that is not here may have been pooled before it was said. */
const KINDS: ReadonlyMap<string, Pick<BroadcastAnswer, 'kind' | 'mayLand'>> = new Map([
  ['SUCCESS', { kind: 'accepted', mayLand: true }],
  ['DUP_TRANSACTION_ERROR', { kind: 'duplicate', mayLand: true }],
  ['SIGERROR', { kind: 'refused', mayLand: false }],
  ['CONTRACT_VALIDATE_ERROR', { kind: 'refused', mayLand: false }],
  ['CONTRACT_EXE_ERROR', { kind: 'refused', mayLand: false }],
  ['BANDWITH_ERROR', { kind: 'refused', mayLand: false }],
  ['TAPOS_ERROR', { kind: 'refused', mayLand: false }],
  ['TOO_BIG_TRANSACTION_ERROR', { kind: 'refused', mayLand: false }],
  ['TRANSACTION_EXPIRATION_ERROR', { kind: 'refused', mayLand: false }],
  ['SERVER_BUSY', { kind: 'busy', mayLand: false }],
  ['NO_CONNECTION', { kind: 'busy', mayLand: false }],
  ['NOT_ENOUGH_EFFECTIVE_CONNECTION', { kind: 'busy', mayLand: false }],
  ['BLOCK_UNSOLIDIFIED', { kind: 'busy', mayLand: false }],
]);

/** Reads the reply of broadcasthex; what cannot be read is `unknown`, never an error. */
export function readBroadcastAnswer(body: unknown): BroadcastAnswer {
  const parsed = reply.safeParse(body);
  if (!parsed.success) {
    return { kind: 'unknown', code: 'GARBAGE', message: 'not an answer', mayLand: true };
  }
  const { result, message = '', Error: error } = parsed.data;
  if (error !== undefined) {
    // The node's own rate limiter turns the call away before it is run.
    return error.includes('lack of computing resources')
      ? { kind: 'busy', code: 'RATE_LIMITED', message: error, mayLand: false }
      : { kind: 'unknown', code: 'ERROR', message: error, mayLand: true };
  }
  // Success has no code, or SUCCESS; a failure has no result, or false.
  const code = parsed.data.code ?? (result === true ? 'SUCCESS' : 'NONE');
  // Pooled here, not gossiped; also said when every peer has it already.
  const pooled = code === 'NOT_ENOUGH_EFFECTIVE_CONNECTION' && /P2P broadcast failed/.test(message);
  const contradictory = (code === 'SUCCESS') !== (result === true);
  const known = pooled || contradictory ? undefined : KINDS.get(code);
  return { ...(known ?? { kind: 'unknown', mayLand: true }), code, message };
}
