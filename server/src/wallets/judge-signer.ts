import { BadInput } from '../kernel/domain-error.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import {
  allowsContract,
  OWNER_PERMISSION,
  permissionOf,
  WITNESS_PERMISSION,
} from '../tron/permissions.ts';
import { BadPrivateKey } from '../chain/chain.errors.ts';

/** What the desk signs with the key, by the chain's names. */
export const SELLING_CONTRACTS = [
  'DelegateResourceContract',
  'UnDelegateResourceContract',
] as const;

/**
 * Holds that this key alone can delegate and undelegate for the account under the permission, as the
 * chain will judge each signature (TransactionCapsule.validateSignature).
 * @throws BadPrivateKey, BadInput with the reason
 */
export function requireSigner(account: AccountState, signer: Address, permissionId: number): void {
  if (permissionId === WITNESS_PERMISSION || permissionId < OWNER_PERMISSION) {
    throw new BadInput(
      'Name permission 0, the owner’s, or an active one, which has the number 2 or above.',
      { field: 'input.permissionId' },
    );
  }
  const permission = permissionOf(account, permissionId);
  if (permission === null) {
    throw refuse(`The account ${account.address} has no permission ${permissionId}.`);
  }
  const key = permission.keys.find(({ address }) => address === signer);
  if (!key) {
    throw refuse(
      `This key is that of ${signer}, which is none of the keys of permission ${permissionId} of ${account.address}.`,
    );
  }
  if (key.weight < permission.threshold) {
    throw refuse(
      `This key alone cannot sign under permission ${permissionId}: it weighs ${key.weight} and the threshold is ${permission.threshold}.`,
    );
  }
  const missing = SELLING_CONTRACTS.filter(
    (contract) =>
      permissionId !== OWNER_PERMISSION && !allowsContract(permission.operations, contract),
  );
  if (missing.length > 0) {
    throw refuse(`Permission ${permissionId} does not allow ${missing.join(' and ')}.`);
  }
}

function refuse(why: string): BadPrivateKey {
  return new BadPrivateKey(why, { field: 'input.privateKey' });
}
