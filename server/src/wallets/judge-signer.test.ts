import { describe, expect, it } from 'vitest';
import type { AccountPermission, AccountState } from '../tron/account-reply.ts';
import { addressFromHex } from '../chain/address.ts';
import { requireSigner } from './judge-signer.ts';

const account = addressFromHex(`41${'11'.repeat(20)}`);
const hotKey = addressFromHex(`41${'22'.repeat(20)}`);
/** Bits 57 and 58 of the bitmap: delegate and undelegate (tron-facts 5). */
const DELEGATION = `0000000000000006${'0'.repeat(48)}`;
const ONLY_DELEGATE = `0000000000000002${'0'.repeat(48)}`;

function state(owner: AccountPermission | null, ...actives: AccountPermission[]): AccountState {
  return {
    address: account,
    isContract: false,
    createdMs: 0,
    balance: 0n,
    allowance: 0n,
    lastClaimMs: 0,
    frozen: { energy: 1n, bandwidth: 0n },
    delegatedOut: { energy: 0n, bandwidth: 0n },
    acquired: { energy: 0n, bandwidth: 0n },
    v1Energy: { frozen: 0n, acquired: 0n },
    unfreezing: [],
    votes: [],
    energyUsage: 0n,
    energyWindowSlots: 0n,
    bandwidthUsage: { staked: 0n, free: 0n },
    ownerPermission: owner,
    activePermissions: actives,
  };
}

function permission(id: number, more: Partial<AccountPermission> = {}): AccountPermission {
  const keys = [{ address: hotKey, weight: 1n }];
  return { id, name: 'hot', threshold: 1n, operations: DELEGATION, keys, ...more };
}

describe('requireSigner', () => {
  it('takes the account’s own key while it is the owner', () => {
    expect(() => requireSigner(state(null), account, 0)).not.toThrow();
    const handedOver = state(permission(0, { operations: '' }));
    expect(() => requireSigner(handedOver, account, 0)).toThrow(/none of the keys of permission 0/);
    expect(() => requireSigner(handedOver, hotKey, 0)).not.toThrow();
  });

  it('takes a key of an active permission that may delegate and undelegate', () => {
    expect(() => requireSigner(state(null, permission(2)), hotKey, 2)).not.toThrow();
  });

  it.each([
    ['another permission', [permission(2)], 3, /no permission 3/],
    ['another key', [permission(3, { keys: [] })], 3, /none of the keys of permission 3/],
    ['too little weight', [permission(2, { threshold: 2n })], 2, /weighs 1 and the threshold is 2/],
    [
      'half of the operations',
      [permission(2, { operations: ONLY_DELEGATE })],
      2,
      /does not allow UnDelegateResourceContract/,
    ],
    ['no operations', [permission(2, { operations: '' })], 2, /DelegateResourceContract and UnDel/],
    ['the witness permission', [permission(2)], 1, /number 2 or above/],
  ] as const)('refuses %s', (_, actives, id, why) => {
    expect(() => requireSigner(state(null, ...actives), hotKey, id)).toThrow(why);
  });
});
