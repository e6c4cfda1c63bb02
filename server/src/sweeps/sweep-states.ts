import type { StateMachine } from '../kernel/transitions.ts';

export const SWEEP_STATES = ['FUELLING', 'SENDING', 'SETTLED', 'FAILED'] as const;
export type SweepState = (typeof SWEEP_STATES)[number];

/**
 * FUELLING waits for TRX from the treasury that pay for the transfer, SENDING is with the engine,
 * SETTLED is solid: the treasury has it. FAILED has moved nothing but perhaps the fuel, which stays on
 * the address and serves the next sweep.
 */
export const sweepStates: StateMachine<SweepState> = {
  subject: 'sweep',
  births: ['FUELLING', 'SENDING'],
  next: {
    FUELLING: ['SENDING', 'FAILED'],
    SENDING: ['SETTLED', 'FAILED'],
    SETTLED: [],
    FAILED: [],
  },
};
