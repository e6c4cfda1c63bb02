import { hasRole, type RuleMap } from '../access/rules.ts';

const sees = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');

/** Money moves as withdrawals do, by people of FINANCE; keys are handed over by administrators. */
export const sweepRules: RuleMap = {
  Query: { sweepPlan: hasRole('OPERATOR', 'FINANCE'), sweeps: sees, depositSeeds: sees },
  Mutation: { sweep: hasRole('FINANCE'), registerDepositSeed: hasRole('ADMIN') },
};
