import type { StateMachine } from '../kernel/transitions.ts';

export const DEPOSIT_STATES = [
  'SEEN',
  'GONE',
  'CREDITED',
  'UNCLAIMED',
  'RETURNING',
  'RETURNED',
  'WRITTEN_OFF',
] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/**
 * SEEN at the head may be forked away (GONE) and come back; no money moves before it is solid. What is
 * solid is CREDITED or waits UNCLAIMED for a person, whose decision is final but for a return that
 * failed.
 */
export const depositStates: StateMachine<DepositState> = {
  subject: 'deposit',
  births: ['SEEN', 'CREDITED', 'UNCLAIMED'],
  next: {
    SEEN: ['GONE', 'CREDITED', 'UNCLAIMED'],
    GONE: ['SEEN', 'CREDITED', 'UNCLAIMED'],
    CREDITED: [],
    UNCLAIMED: ['CREDITED', 'RETURNING', 'WRITTEN_OFF'],
    RETURNING: ['RETURNED', 'UNCLAIMED'],
    RETURNED: [],
    WRITTEN_OFF: [],
  },
};

export const INTENT_STATES = ['OPEN', 'PAID', 'EXPIRED'] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/** Expired by chain time: a block that is read late still pays what was open in it. */
export const intentStates: StateMachine<IntentState> = {
  subject: 'deposit_intent',
  births: ['OPEN'],
  next: { OPEN: ['PAID', 'EXPIRED'], PAID: [], EXPIRED: ['PAID'] },
};
