import { hasRole, type RuleMap } from '../access/rules.ts';

/** Who may do what with a key is for administrators to change. */
export const upkeepRules: RuleMap = {
  Query: {
    confinementPlan: hasRole('OPERATOR'),
    upkeep: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
  },
  Mutation: {
    confineWallet: hasRole('ADMIN'),
    notePermissionChange: hasRole('OPERATOR'),
    topUpWallet: hasRole('OPERATOR'),
  },
};
