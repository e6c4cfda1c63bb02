import type { StateMachine } from '../kernel/transitions.ts';

export const WALLET_STATES = ['ACTIVE', 'DRAINING', 'PAUSED', 'QUARANTINED'] as const;
export type WalletState = (typeof WALLET_STATES)[number];

/** ACTIVE sells; DRAINING sells no more and takes its rentals back; PAUSED and QUARANTINED do not sell. */
export const walletStates: StateMachine<WalletState> = {
  subject: 'wallet',
  births: ['ACTIVE', 'PAUSED'],
  next: {
    ACTIVE: ['DRAINING', 'PAUSED', 'QUARANTINED'],
    DRAINING: ['ACTIVE', 'PAUSED', 'QUARANTINED'],
    PAUSED: ['ACTIVE', 'DRAINING', 'QUARANTINED'],
    QUARANTINED: ['ACTIVE', 'DRAINING', 'PAUSED'],
  },
};

export type ReservationState = 'HELD' | 'CAPTURED' | 'RETURNING' | 'RETURNED' | 'RELEASED';

/**
 * HELD: promised; CAPTURED: delegated in a solid block; RETURNING: undelegated in a solid block that
 * the wallet's observation has not reached yet; RETURNED and RELEASED: free again.
 */
export const reservationStates: StateMachine<ReservationState> = {
  subject: 'reservation',
  births: ['HELD'],
  next: {
    HELD: ['CAPTURED', 'RELEASED'],
    CAPTURED: ['RETURNING'],
    RETURNING: ['RETURNED'],
    RETURNED: [],
    RELEASED: [],
  },
};
