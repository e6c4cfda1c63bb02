import { hasRole, type RuleMap } from '../access/rules.ts';

export const ledgerRules: RuleMap = {
  Query: { ledger: hasRole('FINANCE', 'ANALYST') },
};
