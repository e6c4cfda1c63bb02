import { hasRole, type RuleMap } from '../access/rules.ts';

/** A bot changes its own users and those of Telegram alone; the resolvers hold that. */
const changesUsers = hasRole('OPERATOR', 'SUPPORT', 'BOT');
const judgesUsers = hasRole('OPERATOR', 'FINANCE', 'SUPPORT');

export const userKeepingRules: RuleMap = {
  Query: { session: hasRole('OPERATOR', 'SUPPORT', 'BOT') },
  Mutation: {
    addUserAddress: changesUsers,
    removeUserAddress: changesUsers,
    setDefaultUserAddress: changesUsers,
    setUserLanguage: changesUsers,
    setUserStanding: judgesUsers,
    setUserLimits: judgesUsers,
    setUserTags: judgesUsers,
    addUserNote: judgesUsers,
    saveSession: hasRole('BOT'),
  },
};
