import type { SignerBook } from '../crypto/keys.ts';
import type { Account } from '../state/account.ts';
import type { StateView } from '../state/chain-state.ts';
import { toBase58 } from '../wire/address.ts';
import { contracts } from '../wire/messages.ts';
import type { Permission } from '../wire/messages.ts';
import type { Transaction } from '../wire/transaction.ts';
import { SignatureError } from './context.ts';
import { availableOperations } from './parameters.ts';

/** The owner permission of an account that never changed its own. */
function defaultOwnerPermission(address: string): Permission {
  return {
    type: 0,
    id: 0,
    permission_name: 'owner',
    threshold: 1n,
    parent_id: 0,
    operations: '',
    keys: [{ address, weight: 1n }],
  };
}

/** The active permission (id 2) of an account that never changed its own. */
function defaultActivePermission(address: string): Permission {
  return {
    ...defaultOwnerPermission(address),
    type: 2,
    id: 2,
    permission_name: 'active',
    operations: availableOperations,
  };
}

/** Owner and active permissions in force. */
export function permissionsOf(account: Account): {
  owner: Permission;
  actives: readonly Permission[];
} {
  return {
    owner: account.ownerPermission ?? defaultOwnerPermission(account.address),
    actives: account.activePermissions ?? [defaultActivePermission(account.address)],
  };
}

/** Whether bit `type` of an operations bitmap is set. */
export function allows(operations: string, type: number): boolean {
  const byte = Number.parseInt(operations.slice((type >> 3) * 2, (type >> 3) * 2 + 2) || '0', 16);
  return (byte & (1 << (type & 7))) !== 0;
}

/** The permission a transaction claims to use. Throws SignatureError when it is not there. */
export function claimedPermission(view: StateView, transaction: Transaction): Permission {
  const account = view.accounts.get(transaction.owner);
  const id = transaction.permissionId;
  const { owner, actives } = account
    ? permissionsOf(account)
    : {
        owner: defaultOwnerPermission(transaction.owner),
        actives: [defaultActivePermission(transaction.owner)],
      };
  const found = id === 0 ? owner : actives.find((active) => active.id === id);
  if (!found) throw new SignatureError("permission isn't exit");
  if (id !== 0) {
    if (found.type !== 2) throw new SignatureError('Permission type is error');
    if (!allows(found.operations, contracts[transaction.call.name].type)) {
      throw new SignatureError('Permission denied');
    }
  }
  return found;
}

/** Who signed a transaction; known signers are tried first. Throws SignatureError. */
export function recoverSigners(
  transaction: Transaction,
  signers: SignerBook,
  likely: readonly string[],
): string[] {
  const data = Buffer.from(transaction.rawHex, 'hex');
  return transaction.signatures.map((signature) => {
    if (signature.length < 130) {
      throw new SignatureError(`Signature size is ${Math.floor(signature.length / 2)}`);
    }
    const address = signers.signerOf(data, signature, likely);
    if (address === undefined) throw new SignatureError('sig error');
    return address;
  });
}

/** The weight that signers have together. Throws SignatureError with java-tron's texts. */
export function weightOf(
  permission: Permission,
  transaction: Transaction,
  signedBy: readonly string[],
): bigint {
  let weight = 0n;
  signedBy.forEach((address, index) => {
    const key = permission.keys.find((candidate) => candidate.address === address);
    if (!key) {
      throw new SignatureError(
        `${transaction.signatures[index]} is signed by ${toBase58(address)} but it is not contained of permission.`,
      );
    }
    if (signedBy.indexOf(address) !== index) {
      throw new SignatureError(`${toBase58(address)} has signed twice!`);
    }
    weight += key.weight;
  });
  return weight;
}

/**
 * Checks signatures and permission. `signedBy` are the signers when they are known already, for
 * recovery is the costliest step. Returns the signers. Throws SignatureError.
 */
export function checkSignatures(
  view: StateView,
  transaction: Transaction,
  signers: SignerBook,
  signedBy?: readonly string[],
): readonly string[] {
  const { signatures } = transaction;
  if (signatures.length === 0) throw new SignatureError('miss sig or contract');
  if (signatures.length > 5) throw new SignatureError('too many signatures');
  const permission = claimedPermission(view, transaction);
  if (signatures.length > permission.keys.length) {
    throw new SignatureError(
      `Signature count is ${signatures.length} more than key counts of permission : ${permission.keys.length}`,
    );
  }
  const likely = permission.keys.map((key) => key.address);
  const known = signedBy ?? recoverSigners(transaction, signers, likely);
  if (weightOf(permission, transaction, known) < permission.threshold) {
    throw new SignatureError('sig error');
  }
  return known;
}
