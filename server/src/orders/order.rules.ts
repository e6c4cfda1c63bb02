import { hasRole, type RuleMap } from '../access/rules.ts';

/** API clients see and touch their own orders alone; the resolvers hold that. */
const seesOrders = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST', 'BOT');

export const orderRules: RuleMap = {
  Query: { order: seesOrders, orders: seesOrders },
  Mutation: {
    placeOrder: hasRole('OPERATOR', 'SUPPORT', 'BOT'),
    cancelOrder: hasRole('OPERATOR', 'SUPPORT', 'BOT'),
    retryOrder: hasRole('OPERATOR', 'SUPPORT'),
    refundOrder: hasRole('OPERATOR', 'FINANCE'),
  },
  Subscription: { orderChanged: seesOrders },
};
