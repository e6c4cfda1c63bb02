import type { Address } from '../chain/address.ts';
import type { AccountState } from '../tron/account-reply.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import type { AddressOnChain } from './user-addresses.ts';

/** What a node says of the account; null when none answers: an address is kept all the same. */
export async function lookAtAddress(
  account: (address: Address) => Promise<AccountState | null>,
  address: Address,
): Promise<AddressOnChain | null> {
  try {
    const state = await account(address);
    if (!state) return 'NOT_ACTIVATED';
    return state.isContract ? 'CONTRACT' : 'ACTIVATED';
  } catch (error) {
    if (error instanceof ChainUnavailable) return null;
    throw error;
  }
}
