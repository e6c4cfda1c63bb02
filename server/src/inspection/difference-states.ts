import type { StateMachine } from '../kernel/transitions.ts';

export const DIFFERENCE_KINDS = [
  'DRIFT',
  'ORPHAN_DELEGATION',
  'MISSING_DELEGATION',
  'FOREIGN_TRANSACTION',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export const DIFFERENCE_STATES = ['OPEN', 'EXPLAINED', 'GONE'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

/**
 * OPEN until a person explains it or chain and books agree again. One that was explained opens again
 * when its figures change, one that is gone when it comes back.
 */
export const differenceStates: StateMachine<DifferenceState> = {
  subject: 'difference',
  births: ['OPEN'],
  next: {
    OPEN: ['EXPLAINED', 'GONE'],
    EXPLAINED: ['OPEN', 'GONE'],
    GONE: ['OPEN'],
  },
};
