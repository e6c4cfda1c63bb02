import { hasRole, type RuleMap } from '../access/rules.ts';

const sees = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');

export const differenceRules: RuleMap = {
  Query: { difference: sees, differences: sees },
  Mutation: {
    explainDifference: hasRole('OPERATOR', 'FINANCE'),
    reclaimOrphan: hasRole('OPERATOR'),
  },
  Subscription: { differenceChanged: sees },
};
