import { hasRole, type RuleMap } from '../access/rules.ts';

export const userRules: RuleMap = {
  Query: {
    user: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
    users: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
  },
  Mutation: {
    adjustBalance: hasRole('FINANCE'),
  },
};
