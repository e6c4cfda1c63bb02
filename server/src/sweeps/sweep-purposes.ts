/** The transfer from a derived deposit address to the treasury; the reference is the sweep. */
export const SWEEP = 'sweep';
/** TRX from the treasury for the fee of it; the scanner of deposits knows them by this name. */
export const SWEEP_FUEL = 'sweep-fuel';
