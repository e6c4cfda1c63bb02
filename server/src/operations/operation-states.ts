import type { StateMachine } from '../kernel/transitions.ts';

export const OPERATION_KINDS = [
  'DELEGATE',
  'UNDELEGATE',
  'FREEZE',
  'UNFREEZE',
  'CANCEL_UNFREEZE',
  'WITHDRAW_EXPIRED',
  'CLAIM_REWARDS',
  'VOTE',
  'TRANSFER',
  'TOKEN_TRANSFER',
  'SET_PERMISSIONS',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export type OperationState =
  'INTENDED' | 'ATTEMPTING' | 'INCLUDED' | 'SOLID' | 'ABANDONED' | 'CANCELLED';

/**
 * INTENDED waits for an attempt, ATTEMPTING has one whose fate is open, INCLUDED has it in a head
 * block. SOLID, ABANDONED (no attempt has had, or can have, the effect) and CANCELLED (never sent)
 * are ends.
 */
export const operationStates: StateMachine<OperationState> = {
  subject: 'operation',
  births: ['INTENDED'],
  next: {
    INTENDED: ['ATTEMPTING', 'ABANDONED', 'CANCELLED'],
    ATTEMPTING: ['INTENDED', 'INCLUDED', 'SOLID', 'ABANDONED', 'CANCELLED'],
    INCLUDED: ['ATTEMPTING', 'INTENDED', 'SOLID', 'ABANDONED'],
    SOLID: [],
    ABANDONED: [],
    CANCELLED: [],
  },
};

export type AttemptState =
  'BUILT' | 'SIGNED' | 'SENDING' | 'INCLUDED' | 'SOLID' | 'FAILED' | 'DEAD';

/**
 * A txid exists from BUILT on, a signature from SENDING on; no byte leaves before SENDING is
 * committed. Earlier versions pass SIGNED on the way, in the same transaction. INCLUDED goes back to
 * SENDING when a fork takes its block away. FAILED is in a solid block, where its call changed nothing
 * but cost its fee. FAILED and DEAD need evidence.
 */
export const attemptStates: StateMachine<AttemptState> = {
  subject: 'attempt',
  births: ['BUILT'],
  next: {
    BUILT: ['SIGNED', 'SENDING', 'DEAD'],
    SIGNED: ['SENDING', 'DEAD'],
    SENDING: ['INCLUDED', 'SOLID', 'FAILED', 'DEAD'],
    INCLUDED: ['SENDING', 'SOLID', 'FAILED', 'DEAD'],
    SOLID: [],
    FAILED: [],
    DEAD: [],
  },
};
