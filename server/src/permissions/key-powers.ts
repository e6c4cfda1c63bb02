import type { Address } from '../chain/address.ts';
import { CONTRACT_TYPES } from '../chain/contract.ts';
import { contractsOf, FIRST_ACTIVE_PERMISSION, OWNER_PERMISSION } from '../tron/permissions.ts';
import type { ActivePermission, Permission } from '../chain/transaction.ts';
import { SELLING_CONTRACTS } from '../wallets/judge-signer.ts';
import type { AccountPermissions } from './account-permissions.ts';

/**
 * CONFINED: it can delegate and take back, and nothing else. TOO_MUCH: it can do more than that.
 * TOO_LITTLE: it cannot do what selling needs.
 */
export type PowerVerdict = 'CONFINED' | 'TOO_MUCH' | 'TOO_LITTLE';

/** What the desk's key of a wallet can do all alone; contracts by the chain's names. */
export interface KeyPowers {
  /** It alone is the owner: it can do everything, and change who may do what. */
  readonly owns: boolean;
  /** What it can do beyond delegating and taking back, under any permission of the account. */
  readonly beyond: readonly string[];
  /** What selling needs and it cannot do under the permission that the desk signs with. */
  readonly missing: readonly string[];
  readonly verdict: PowerVerdict;
}

const EVERY_CONTRACT = [...CONTRACT_TYPES.values()];

/**
 * Judges a key as the chain does each signature (TransactionCapsule.validateSignature): it counts
 * alone when its weight reaches the threshold, and an active permission allows what its bitmap says.
 * @param permissionId the permission that the desk names when it signs: 0, or 2 and above
 */
export function judgeKey(
  permissions: AccountPermissions,
  key: Address,
  permissionId: number,
): KeyPowers {
  const owns = isEnough(permissions.owner, key);
  const allowed = new Set(
    owns ? EVERY_CONTRACT : permissions.actives.flatMap((one) => allowedBy(one, key)),
  );
  const selling = new Set<string>(SELLING_CONTRACTS);
  const beyond = [...allowed].filter((contract) => !selling.has(contract));
  const usable = new Set(usableUnder(permissions, key, permissionId));
  const missing = SELLING_CONTRACTS.filter((contract) => !usable.has(contract));
  return { owns, beyond, missing, verdict: verdictOf(beyond, missing) };
}

/** The contracts that the key alone can sign for when it names this permission. */
export function usableUnder(
  permissions: AccountPermissions,
  key: Address,
  permissionId: number,
): readonly string[] {
  if (permissionId === OWNER_PERMISSION) {
    return isEnough(permissions.owner, key) ? EVERY_CONTRACT : [];
  }
  const active = permissions.actives[permissionId - FIRST_ACTIVE_PERMISSION];
  return active ? allowedBy(active, key) : [];
}

/**
 * The key that alone can sell under the permission, where only one can, or the account's own; null
 * where that is not certain.
 */
export function likelySigner(
  permissions: AccountPermissions,
  account: Address,
  permissionId: number,
): Address | null {
  const permission =
    permissionId === OWNER_PERMISSION
      ? permissions.owner
      : permissions.actives[permissionId - FIRST_ACTIVE_PERMISSION];
  const able = permission?.keys.filter(({ address }) => isEnough(permission, address)) ?? [];
  if (able.some(({ address }) => address === account)) return account;
  return able.length === 1 ? (able[0]?.address ?? null) : null;
}

function verdictOf(beyond: readonly string[], missing: readonly string[]): PowerVerdict {
  if (missing.length > 0) return 'TOO_LITTLE';
  return beyond.length > 0 ? 'TOO_MUCH' : 'CONFINED';
}

function allowedBy(active: ActivePermission, key: Address): string[] {
  return isEnough(active, key) ? contractsOf(active.operations) : [];
}

function isEnough({ keys, threshold }: Permission, key: Address): boolean {
  const weight = keys.find(({ address }) => address === key)?.weight ?? 0n;
  return weight > 0n && weight >= threshold;
}
