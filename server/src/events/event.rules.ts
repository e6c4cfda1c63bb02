import { type RuleMap, signedIn } from '../access/rules.ts';

/** API clients see only their own; the resolver sees to that. */
export const eventRules: RuleMap = {
  Query: { events: signedIn, eventCursor: signedIn },
};
