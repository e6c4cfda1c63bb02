import { hasRole, type RuleMap } from '../access/rules.ts';

/** Whoever looks after the desk may stop it at once; to go on needs an administrator. */
export const signerRules: RuleMap = {
  Query: { signer: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST') },
  Mutation: { haltSigning: hasRole('OPERATOR'), resumeSigning: hasRole('ADMIN') },
};
