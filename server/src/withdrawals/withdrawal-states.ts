import type { StateMachine } from '../kernel/transitions.ts';

export const WITHDRAWAL_STATES = [
  'REQUESTED',
  'WAITING',
  'APPROVED',
  'SENDING',
  'SENT',
  'SETTLED',
  'REJECTED',
  'FAILED',
] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

/**
 * The money is held from REQUESTED on. REQUESTED passes the delay of a new address, WAITING needs a
 * person, APPROVED goes to the engine as soon as the payout wallet can pay it, SENDING is with the
 * engine, SENT is in a head block, which a fork may take away. SETTLED is solid: the money is gone.
 * REJECTED and FAILED have given it back; FAILED has no transaction that can still land.
 */
export const withdrawalStates: StateMachine<WithdrawalState> = {
  subject: 'withdrawal',
  births: ['REQUESTED', 'WAITING', 'APPROVED'],
  next: {
    REQUESTED: ['APPROVED', 'REJECTED'],
    WAITING: ['APPROVED', 'REJECTED'],
    APPROVED: ['SENDING', 'REJECTED'],
    SENDING: ['SENT', 'SETTLED', 'FAILED'],
    SENT: ['SENDING', 'SETTLED', 'FAILED'],
    SETTLED: [],
    REJECTED: [],
    FAILED: [],
  },
};
