import type { Address } from './address.ts';

export type Resource = 'BANDWIDTH' | 'ENERGY';

/** One signer of a permission and what its signature weighs. */
export interface PermissionKey {
  readonly address: Address;
  readonly weight: bigint;
}

/** A permission as accountpermissionupdate takes it; the chain gives active ones the ids 2, 3, …. */
export interface Permission {
  readonly name: string;
  readonly threshold: bigint;
  readonly keys: readonly PermissionKey[];
}

/** An active permission: `operations` is the bitmap of contract types, 64 hexadecimal digits. */
export interface ActivePermission extends Permission {
  readonly operations: string;
}

export interface Vote {
  readonly witness: Address;
  /** Whole TRX of voting power. */
  readonly count: bigint;
}

/** What the desk can make happen on chain; amounts in sun. A delegation is never locked. */
export type ChainEffect =
  | {
      readonly kind: 'delegate' | 'undelegate';
      readonly owner: Address;
      readonly receiver: Address;
      readonly amountSun: bigint;
      readonly resource: Resource;
    }
  | {
      readonly kind: 'freeze' | 'unfreeze';
      readonly owner: Address;
      readonly amountSun: bigint;
      readonly resource: Resource;
    }
  | {
      readonly kind: 'cancelUnfreeze' | 'withdrawExpired' | 'claimRewards';
      readonly owner: Address;
    }
  /** Replaces all votes of the owner. */
  | { readonly kind: 'vote'; readonly owner: Address; readonly votes: readonly Vote[] }
  | {
      readonly kind: 'transfer';
      readonly owner: Address;
      readonly to: Address;
      readonly amountSun: bigint;
    }
  /** TRC-20: a call of `transfer` in the token's contract. Alone of all effects it can be in a block and fail. */
  | {
      readonly kind: 'tokenTransfer';
      readonly owner: Address;
      readonly contract: Address;
      readonly to: Address;
      /** In the token's smallest units; micro-USDT. */
      readonly amount: bigint;
      /** The most TRX that its Energy may burn, also when it fails. */
      readonly feeLimitSun: bigint;
    }
  /** Replaces every permission of the owner; costs 100 TRX. */
  | {
      readonly kind: 'setPermissions';
      readonly owner: Address;
      readonly ownerPermission: Permission;
      readonly actives: readonly ActivePermission[];
    };

/** The block that ties a transaction to a chain (TAPOS); a solid one can never be forked away. */
export interface RefBlock {
  readonly number: number;
  readonly id: string;
}

/** The frame around an effect. Two equal effects need different timestamps, or are one txid. */
export interface TransactionFrame {
  readonly refBlock: RefBlock;
  /** Chain time (block timestamps) from which no block can hold the transaction. */
  readonly expirationMs: number;
  /** Not judged by consensus; it makes the txid unique. */
  readonly timestampMs: number;
  /** 0 is the owner permission, 2 and above are active ones. */
  readonly permissionId: number;
}

export interface BuiltTransaction {
  readonly txid: string;
  readonly rawDataHex: string;
}
