import { type RuleMap, signedIn } from '../access/rules.ts';

export const pricingRules: RuleMap = {
  Query: { quote: signedIn, offer: signedIn },
};
