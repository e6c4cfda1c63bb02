import { hasRole, type RuleMap } from '../access/rules.ts';

/** What the pool costs is not for those who buy from it. */
export const chainCostsRules: RuleMap = {
  Query: { chainCosts: hasRole('FINANCE', 'ANALYST') },
};
