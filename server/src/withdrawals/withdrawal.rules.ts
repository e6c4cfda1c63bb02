import { hasRole, type RuleMap } from '../access/rules.ts';

const sees = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT');

export const withdrawalRules: RuleMap = {
  Query: {
    withdrawal: sees,
    withdrawals: sees,
    withdrawalTerms: sees,
  },
  Mutation: {
    withdraw: hasRole('FINANCE', 'BOT'),
    cancelWithdrawal: hasRole('FINANCE', 'SUPPORT', 'BOT'),
    approveWithdrawal: hasRole('FINANCE'),
    rejectWithdrawal: hasRole('FINANCE'),
  },
  Subscription: { withdrawalChanged: sees },
};
