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

export type HoldState = 'HELD' | 'SETTLING' | 'SETTLED' | 'RELEASED';

/**
 * Energy stake that is being unstaked. HELD: taken out of the sale; SETTLING: unstaked in a solid
 * block that the wallet's observation has not reached yet; SETTLED: the observation knows of it;
 * RELEASED: it stays staked and is for sale again.
 */
export const holdStates: StateMachine<HoldState> = {
  subject: 'hold',
  births: ['HELD'],
  next: { HELD: ['SETTLING', 'RELEASED'], SETTLING: ['SETTLED'], SETTLED: [], RELEASED: [] },
};

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
