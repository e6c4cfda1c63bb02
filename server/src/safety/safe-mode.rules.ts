import { hasRole, type RuleMap } from '../access/rules.ts';

/** API clients learn of it by the refusal of what they ask for. */
const sees = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');

export const safeModeRules: RuleMap = {
  Query: { safeMode: sees },
  // Finance may stop the desk when money looks wrong, and is trusted to release it again.
  Mutation: {
    setSafeMode: hasRole('OPERATOR', 'FINANCE'),
    liftSafeMode: hasRole('OPERATOR', 'FINANCE'),
  },
  Subscription: { safeModeChanged: sees },
};
