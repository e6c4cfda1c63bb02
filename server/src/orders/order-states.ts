import type { StateMachine } from '../kernel/transitions.ts';

export const ORDER_STATES = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'REFUNDED',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * PENDING: paid for and waiting; PROCESSING: something was sent to the chain; COMPLETED: all of it is
 * in blocks (a fork takes it back to PROCESSING). FAILED and CANCELLED become REFUNDED in the
 * transaction that releases the money; a FAILED order that waits for people may be tried again.
 */
export const orderStates: StateMachine<OrderState> = {
  subject: 'order',
  births: ['PENDING'],
  next: {
    PENDING: ['PROCESSING', 'FAILED', 'CANCELLED'],
    PROCESSING: ['COMPLETED', 'FAILED'],
    COMPLETED: ['PROCESSING'],
    FAILED: ['REFUNDED', 'PENDING'],
    CANCELLED: ['REFUNDED'],
    REFUNDED: [],
  },
};

export type SliceState = 'RESERVED' | 'DELEGATING' | 'DELIVERED' | 'DROPPED';

/** DROPPED: another wallet took over, or the order ended without it. */
export const sliceStates: StateMachine<SliceState> = {
  subject: 'slice',
  births: ['RESERVED'],
  next: {
    RESERVED: ['DELEGATING', 'DROPPED'],
    DELEGATING: ['DELIVERED', 'DROPPED'],
    DELIVERED: ['DELEGATING', 'DROPPED'],
    DROPPED: [],
  },
};

export type RentalState = 'ACTIVE' | 'RECLAIMING' | 'RECLAIMED';

export const rentalStates: StateMachine<RentalState> = {
  subject: 'rental',
  births: ['ACTIVE'],
  next: {
    ACTIVE: ['RECLAIMING'],
    RECLAIMING: ['RECLAIMED'],
    RECLAIMED: [],
  },
};
