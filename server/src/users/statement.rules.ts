import { hasRole, type RuleMap } from '../access/rules.ts';

export const statementRules: RuleMap = {
  Query: { statement: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT') },
};
