import { hasRole, type RuleMap } from '../access/rules.ts';

const seesPool = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');
const runsPool = hasRole('OPERATOR');

/** Payments leave only to the pool's own wallets and to addresses that an administrator has set. */
export const stakingRules: RuleMap = {
  Query: { stakingCalendar: seesPool, stakingAdvice: seesPool, witnesses: seesPool },
  Mutation: {
    stakeTrx: runsPool,
    unstakeTrx: runsPool,
    cancelUnstaking: runsPool,
    withdrawUnstaked: runsPool,
    voteForWitnesses: runsPool,
    claimRewards: runsPool,
    transferBetweenWallets: runsPool,
    cancelOperation: runsPool,
  },
};
