import { hasRole, type RuleMap } from '../access/rules.ts';

/** Who sees the pool; only administrators hand over keys. */
const seesPool = hasRole('OPERATOR', 'FINANCE', 'SUPPORT', 'ANALYST');

export const walletRules: RuleMap = {
  Query: {
    wallet: seesPool,
    wallets: seesPool,
    inventory: seesPool,
    allocationPreview: seesPool,
    energyForecast: seesPool,
  },
  Mutation: { registerWallet: hasRole('ADMIN'), setWalletState: hasRole('OPERATOR') },
  Subscription: { inventoryChanged: seesPool },
};
