import { type RuleMap, signedIn } from '../access/rules.ts';

export const healthRules: RuleMap = {
  Query: { health: signedIn },
};
