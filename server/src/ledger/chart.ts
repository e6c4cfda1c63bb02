/**
 * The chart of accounts. An account's balance says how much is owed to, or was earned by, what it is
 * named after; what came from outside stands as a negative balance on its clearing account, so that
 * all balances of an asset sum to zero.
 */
export interface ChartAccount {
  readonly code: string;
  readonly name: string;
  readonly scope: 'USER' | 'SYSTEM';
  readonly neverNegative: boolean;
  readonly description: string;
}

export const CHART = [
  {
    code: 'user.available',
    name: 'Available to the user',
    scope: 'USER',
    neverNegative: true,
    description: 'What a user can spend or withdraw.',
  },
  {
    code: 'user.held',
    name: 'Held for orders and withdrawals',
    scope: 'USER',
    neverNegative: true,
    description:
      'Money of orders and withdrawals that are not final: it becomes revenue, is paid out or goes back.',
  },
  {
    code: 'desk.revenue.energy',
    name: 'Revenue from Energy',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'Prices of orders whose delegations are solid.',
  },
  {
    code: 'desk.revenue.withdrawals',
    name: 'Fees of withdrawals',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'What was kept of payments to users that are solid.',
  },
  {
    code: 'desk.exchange',
    name: 'Exchange between currencies',
    scope: 'SYSTEM',
    neverNegative: false,
    description:
      'Counterpart of conversions: what users gave in one currency, less what they got in it.',
  },
  {
    code: 'desk.withdrawals.held',
    name: 'Held for returns',
    scope: 'SYSTEM',
    neverNegative: true,
    description: 'Money that is nobody’s balance, on its way back to whom it came from.',
  },
  {
    code: 'desk.adjustments',
    name: 'Adjustments by operators',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'Counterpart of balance corrections; negative when more was given than taken.',
  },
  {
    code: 'desk.costs.chain',
    name: 'Costs of the chain',
    scope: 'SYSTEM',
    neverNegative: false,
    description:
      'What solid transactions of the pool’s wallets cost in TRX; negative, since it was spent.',
  },
  {
    code: 'chain.deposits',
    name: 'Deposits from the chain',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'Counterpart of credited deposits: the negative of all that came in.',
  },
  {
    code: 'chain.withdrawals',
    name: 'Payments on the chain',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'Counterpart of solid withdrawals: all that was paid out.',
  },
  {
    code: 'desk.unclaimed',
    name: 'Unclaimed deposits',
    scope: 'SYSTEM',
    neverNegative: true,
    description: 'Solid deposits that wait for a person to say whose they are.',
  },
  {
    code: 'desk.unclaimed.kept',
    name: 'Unclaimed deposits written off',
    scope: 'SYSTEM',
    neverNegative: false,
    description: 'Deposits that nobody could be found for, and the desk keeps.',
  },
  {
    code: 'chain.fees',
    name: 'Fees burnt by the chain',
    scope: 'SYSTEM',
    neverNegative: false,
    description:
      'Counterpart of the costs of the chain: all TRX that it burnt of the pool’s own accounts.',
  },
] as const satisfies readonly ChartAccount[];

export type AccountCode = (typeof CHART)[number]['code'];
