import { hasRole, type RuleMap } from '../access/rules.ts';

export const withdrawalRules: RuleMap = {
  Query: {
    withdrawal: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
    withdrawals: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
    withdrawalTerms: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
  },
  Mutation: {
    withdraw: hasRole('FINANCE', 'BOT'),
    cancelWithdrawal: hasRole('FINANCE', 'SUPPORT', 'BOT'),
    approveWithdrawal: hasRole('FINANCE'),
    rejectWithdrawal: hasRole('FINANCE'),
  },
};
