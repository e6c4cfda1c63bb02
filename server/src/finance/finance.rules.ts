import { hasRole, type RuleMap } from '../access/rules.ts';

export const financeRules: RuleMap = {
  Query: {
    finance: hasRole('FINANCE', 'ANALYST'),
    orderStatistics: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
  },
};
