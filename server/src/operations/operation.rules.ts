import { hasRole, type RuleMap } from '../access/rules.ts';

const seesPool = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');

export const operationRules: RuleMap = {
  Query: { operation: seesPool, operations: seesPool },
};
