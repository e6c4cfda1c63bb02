import { usdtContract } from '../vm/trc20.ts';

/** Contracts that exist from genesis on. */
export const contracts = {
  usdt: usdtContract,
  /** A TRC-20 token that calls itself USDT and is not. */
  fakeUsdt: '41fa4e00000000000000000000000000000000fa4e',
  /** Pays TRX and tokens onwards: pay, payMany, payToken. */
  payout: '41ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7ba7b',
} as const;
