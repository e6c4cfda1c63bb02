import { BadInput } from '../kernel/domain-error.ts';
import type { AccountPermission, AccountState } from '../tron/account-reply.ts';
import type { Address } from '../tron/address.ts';
import { CONTRACT_TYPE_NUMBERS } from '../tron/contract.ts';
import { BadPrivateKey } from '../tron/tron.errors.ts';

/** What the desk signs with the key, by the chain's names. */
const NEEDED = ['DelegateResourceContract', 'UnDelegateResourceContract'] as const;

const OWNER = 0;
const WITNESS = 1;

/**
 * Holds that this key alone can delegate and undelegate for the account under the permission, as the
 * chain will judge each signature (TransactionCapsule.validateSignature).
 * @throws BadPrivateKey, BadInput with the reason
 */
export function requireSigner(account: AccountState, signer: Address, permissionId: number): void {
  if (permissionId === WITNESS || permissionId < OWNER) {
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
  const missing = NEEDED.filter((contract) => !allows(permission, permissionId, contract));
  if (missing.length > 0) {
    throw refuse(`Permission ${permissionId} does not allow ${missing.join(' and ')}.`);
  }
}

/** An account that never changed its permissions is owned by its own key. */
function permissionOf(account: AccountState, id: number): AccountPermission | null {
  if (id !== OWNER) return account.activePermissions.find((one) => one.id === id) ?? null;
  return (
    account.ownerPermission ?? {
      id: OWNER,
      name: 'owner',
      threshold: 1n,
      operations: '',
      keys: [{ address: account.address, weight: 1n }],
    }
  );
}

/** Bit t of the bitmap is bit t mod 8 of its byte t div 8. The owner may do everything. */
function allows(permission: AccountPermission, id: number, contract: string): boolean {
  if (id === OWNER) return true;
  const type = CONTRACT_TYPE_NUMBERS.get(contract) ?? 0;
  const byte = Buffer.from(permission.operations, 'hex')[type >> 3] ?? 0;
  return (byte & (1 << (type & 7))) !== 0;
}

function refuse(why: string): BadPrivateKey {
  return new BadPrivateKey(why, { field: 'input.privateKey' });
}
