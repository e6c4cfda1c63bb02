import type { ReferenceData } from './database/migrate.ts';
import { depositStates, intentStates } from './deposits/deposit-states.ts';
import { differenceStates } from './inspection/difference-states.ts';
import { fillChart } from './ledger/fill-chart.ts';
import { attemptStates, operationStates } from './operations/operation-states.ts';
import { orderStates, rentalStates, sliceStates } from './orders/order-states.ts';
import { holdStates, reservationStates, walletStates } from './wallets/wallet-states.ts';
import { sweepStates } from './sweeps/sweep-states.ts';
import { withdrawalStates } from './withdrawals/withdrawal-states.ts';

/** What every migration writes anew from the code: state machines and the chart of accounts. */
export const referenceData: ReferenceData = {
  machines: [
    operationStates,
    attemptStates,
    orderStates,
    sliceStates,
    rentalStates,
    walletStates,
    reservationStates,
    holdStates,
    differenceStates,
    depositStates,
    intentStates,
    withdrawalStates,
    sweepStates,
  ],
  fill: fillChart,
};
