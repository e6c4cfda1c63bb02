import { hasRole, type RuleMap } from '../access/rules.ts';

export const rateRules: RuleMap = {
  Query: {
    exchangeRate: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
    exchangeRates: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
    exchangeRateSeries: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
    conversionQuote: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT'),
  },
  Mutation: {
    convertBalance: hasRole('FINANCE', 'BOT'),
  },
};
