import { hasRole, type RuleMap } from '../access/rules.ts';

const sees = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT');
const decides = hasRole('OPERATOR', 'FINANCE');

/** A bot sees what is its users'; what is nobody's is for people. */
export const depositRules: RuleMap = {
  Query: {
    deposit: sees,
    deposits: sees,
    depositAddress: sees,
    depositRequest: sees,
    ignoredTransfers: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST'),
  },
  Mutation: {
    requestDeposit: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'BOT'),
    openDepositAddress: hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'BOT'),
    assignDeposit: decides,
    splitDeposit: decides,
    returnDeposit: decides,
    writeOffDeposit: decides,
  },
  Subscription: { depositChanged: sees },
};
