import type { AccountPermission, AccountState } from './account-reply.ts';
import { CONTRACT_TYPE_NUMBERS, CONTRACT_TYPES } from '../chain/contract.ts';

export const OWNER_PERMISSION = 0;
export const WITNESS_PERMISSION = 1;

/** Where the chain counts the ids of active permissions from. */
export const FIRST_ACTIVE_PERMISSION = 2;

const OPERATIONS_BYTES = 32;

/** The owner permission in force: an account that never changed it is owned by its own key. */
export function ownerPermissionOf(account: AccountState): AccountPermission {
  return (
    account.ownerPermission ?? {
      id: OWNER_PERMISSION,
      name: 'owner',
      threshold: 1n,
      operations: '',
      keys: [{ address: account.address, weight: 1n }],
    }
  );
}

/** A permission of the account by its id; null where there is none. */
export function permissionOf(account: AccountState, id: number): AccountPermission | null {
  if (id === OWNER_PERMISSION) return ownerPermissionOf(account);
  return account.activePermissions.find((one) => one.id === id) ?? null;
}

/** Whether a bitmap allows a contract type: bit t is bit t mod 8 of byte t div 8 (tron-facts 5). */
export function allowsContract(operations: string, contract: string): boolean {
  const type = CONTRACT_TYPE_NUMBERS.get(contract);
  return type !== undefined && hasBit(Buffer.from(operations, 'hex'), type);
}

/** The contracts that a bitmap allows, by name; a bit without a name is called by its number. */
export function contractsOf(operations: string): string[] {
  const bytes = Buffer.from(operations, 'hex');
  return Array.from({ length: bytes.length * 8 }, (_, type) => type)
    .filter((type) => hasBit(bytes, type))
    .map((type) => CONTRACT_TYPES.get(type) ?? `Contract${type}`);
}

/** The bitmap that allows these contracts and no other, 64 hexadecimal digits. */
export function operationsFor(contracts: readonly string[]): string {
  const bytes = Buffer.alloc(OPERATIONS_BYTES);
  for (const contract of contracts) {
    const type = CONTRACT_TYPE_NUMBERS.get(contract);
    if (type !== undefined) bytes[type >> 3] = (bytes[type >> 3] ?? 0) | (1 << (type & 7));
  }
  return bytes.toString('hex');
}

function hasBit(bytes: Buffer, type: number): boolean {
  return ((bytes[type >> 3] ?? 0) & (1 << (type & 7))) !== 0;
}
