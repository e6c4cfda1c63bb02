import { anyone, anyOperator, hasRole, type RuleMap } from './rules.ts';

/** Who may sign in, and who keeps operators and API keys. */
export const accessRules: RuleMap = {
  Query: {
    viewer: anyone,
    operators: hasRole('ADMIN'),
    apiClients: hasRole('ADMIN'),
  },
  Mutation: {
    signIn: anyone,
    signOut: anyOperator,
    changePassword: anyOperator,
    createOperator: hasRole('ADMIN'),
    createApiKey: hasRole('ADMIN'),
    revokeApiKey: hasRole('ADMIN'),
  },
};
