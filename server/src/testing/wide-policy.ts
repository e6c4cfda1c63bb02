import { type Address, parseAddress } from '../chain/address.ts';
import { MAX_MICROS, UNIT } from '../kernel/money.ts';
import { CATALOGUE } from '../settings/catalogue.ts';
import { parsePolicy, SIGNABLE_EFFECTS, type SignerPolicy } from '../signer/policy.ts';

/** Signs everything, and pays as much as is asked for: to these, and by these to anybody. Both lists may grow. */
export function widePolicy(transferReceivers: Address[], fromOwners: Address[]): SignerPolicy {
  return {
    ...parsePolicy({ effects: [...SIGNABLE_EFFECTS] }),
    transferReceivers,
    payouts: { fromOwners, sunPerTransfer: MAX_MICROS, sunPerDay: MAX_MICROS },
    tokens: {
      contract: parseAddress(CATALOGUE['deposits.usdtContract'].default),
      microsPerTransfer: MAX_MICROS,
      microsPerDay: MAX_MICROS,
      feeLimitSun: 100n * UNIT,
    },
  };
}
