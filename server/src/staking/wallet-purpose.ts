/** Operations on a wallet's own account, which no order asked for. Their reference is their own id. */
export const WALLET = 'wallet';
