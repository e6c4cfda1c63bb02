import { hasRole, type RuleMap } from '../access/rules.ts';

export const financeRules: RuleMap = {
  Query: {
    finance: hasRole('FINANCE', 'ANALYST', 'BOT'),
    orderStatistics: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
  },
};
