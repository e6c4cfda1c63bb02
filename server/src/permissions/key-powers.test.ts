import { describe, expect, it } from 'vitest';
import type { Address } from '../chain/address.ts';
import { operationsFor } from '../tron/permissions.ts';
import type { ActivePermission, Permission } from '../chain/transaction.ts';
import { judgeKey, likelySigner } from './key-powers.ts';

const HOT = 'THot' as Address;
const COLD = 'TCold' as Address;
const SELLING = ['DelegateResourceContract', 'UnDelegateResourceContract'];

function held(by: Address, weight = 1n, threshold = 1n): Permission {
  return { name: 'one', threshold, keys: [{ address: by, weight }] };
}

function active(by: Address, contracts: readonly string[], weight = 1n): ActivePermission {
  return { ...held(by, weight), operations: operationsFor(contracts) };
}

describe('what a key can do', () => {
  it('is confined by the very bitmap of tron-facts 5', () => {
    expect(operationsFor(SELLING)).toBe(`0000000000000006${'0'.repeat(48)}`);
    expect(judgeKey({ owner: held(COLD), actives: [active(HOT, SELLING)] }, HOT, 2)).toEqual({
      owns: false,
      beyond: [],
      missing: [],
      verdict: 'CONFINED',
    });
  });

  it('is everything for an owner, whatever the permission that the desk names', () => {
    const powers = judgeKey({ owner: held(HOT), actives: [active(HOT, SELLING)] }, HOT, 2);
    expect(powers).toMatchObject({ owns: true, missing: [], verdict: 'TOO_MUCH' });
    expect(powers.beyond).toContain('TransferContract');
    expect(powers.beyond).toContain('AccountPermissionUpdateContract');
  });

  it('counts what any other permission gives the key', () => {
    const actives = [active(HOT, SELLING), active(HOT, ['TransferContract'])];
    expect(judgeKey({ owner: held(COLD), actives }, HOT, 2)).toMatchObject({
      beyond: ['TransferContract'],
      verdict: 'TOO_MUCH',
    });
  });

  it('is too little without the right, the weight or the permission', () => {
    const [delegate, undelegate] = SELLING;
    const half = { owner: held(COLD), actives: [active(HOT, [delegate ?? ''])] };
    expect(judgeKey(half, HOT, 2)).toMatchObject({ missing: [undelegate], verdict: 'TOO_LITTLE' });
    const light = { ...active(HOT, SELLING), threshold: 2n };
    expect(judgeKey({ owner: held(COLD), actives: [light] }, HOT, 2).missing).toEqual(SELLING);
    const whole = { owner: held(COLD), actives: [active(HOT, SELLING)] };
    expect(judgeKey(whole, HOT, 3).missing).toEqual(SELLING);
    expect(judgeKey(whole, HOT, 0).missing).toEqual(SELLING);
    expect(judgeKey(whole, COLD, 2)).toMatchObject({ owns: true, missing: SELLING });
  });

  it('tells whose key it must be only where that is certain', () => {
    const permissions = { owner: held(COLD), actives: [active(HOT, SELLING)] };
    expect(likelySigner(permissions, COLD, 0)).toBe(COLD);
    expect(likelySigner(permissions, COLD, 2)).toBe(HOT);
    expect(likelySigner(permissions, COLD, 3)).toBeNull();
    const two = {
      ...active(HOT, SELLING),
      keys: [
        { address: HOT, weight: 1n },
        { address: 'TOther' as Address, weight: 1n },
      ],
    };
    expect(likelySigner({ owner: held(COLD), actives: [two] }, COLD, 2)).toBeNull();
  });
});
