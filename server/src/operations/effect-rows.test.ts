import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction, decodeRawData } from '../chain/build-transaction.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { effectOf, kindOf, rowOf } from './effect-rows.ts';
import { OPERATION_KINDS } from './operation-states.ts';

const address = fc.constantFrom(
  ...['1', '2', '3', '4', '5'].map((key) => addressOfKey(key.padStart(64, '0'))),
);
const amountSun = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
const resource = fc.constantFrom('ENERGY' as const, 'BANDWIDTH' as const);
const permission = fc.record({
  name: fc.string({ maxLength: 32 }),
  threshold: fc.bigInt({ min: 1n, max: 2n ** 62n }),
  keys: fc.array(fc.record({ address, weight: fc.bigInt({ min: 1n, max: 2n ** 62n }) }), {
    minLength: 1,
    maxLength: 5,
  }),
});
const operations = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

const effect: fc.Arbitrary<ChainEffect> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delegate' as const, 'undelegate' as const),
    owner: address,
    receiver: address,
    amountSun,
    resource,
  }),
  fc.record({
    kind: fc.constantFrom('freeze' as const, 'unfreeze' as const),
    owner: address,
    amountSun,
    resource,
  }),
  fc.record({
    kind: fc.constantFrom(
      'cancelUnfreeze' as const,
      'withdrawExpired' as const,
      'claimRewards' as const,
    ),
    owner: address,
  }),
  fc.record({
    kind: fc.constant('vote' as const),
    owner: address,
    votes: fc.array(
      fc.record({ witness: address, count: fc.bigInt({ min: 1n, max: 2n ** 62n }) }),
      { minLength: 1, maxLength: 30 },
    ),
  }),
  fc.record({ kind: fc.constant('transfer' as const), owner: address, to: address, amountSun }),
  fc.record({
    kind: fc.constant('tokenTransfer' as const),
    owner: address,
    contract: address,
    to: address,
    amount: amountSun,
    feeLimitSun: fc.bigInt({ min: 1n, max: 15_000_000_000n }),
  }),
  fc.record({
    kind: fc.constant('setPermissions' as const),
    owner: address,
    ownerPermission: permission,
    actives: fc.array(
      fc
        .record({ base: permission, operations })
        .map(({ base, operations: bitmap }) => ({ ...base, operations: bitmap })),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

/** As PostgreSQL keeps and returns a jsonb column. */
const stored = (details: unknown): unknown =>
  details === null ? null : (JSON.parse(JSON.stringify(details)) as unknown);

describe('an effect in the database', () => {
  it('comes back as it was, and makes the same transaction', () => {
    fc.assert(
      fc.property(effect, (one) => {
        const row = rowOf(one);
        const back = effectOf({ ...row, details: stored(row.details) });
        expect(back).toEqual(one);
        const frame = {
          refBlock: { number: 7, id: 'ab'.repeat(32) },
          expirationMs: 2,
          timestampMs: 1,
          permissionId: 2,
        };
        const { rawDataHex } = buildTransaction(back, frame);
        expect(decodeRawData(rawDataHex).effect).toEqual(one);
      }),
    );
  });

  it('covers every kind of operation', () => {
    const kinds = new Set(fc.sample(effect, 500).map(kindOf));
    expect([...kinds].sort()).toEqual([...OPERATION_KINDS].sort());
  });

  it('is refused by the reader when a column is missing', () => {
    const owner = addressOfKey('1'.padStart(64, '0'));
    const bare = { owner, receiver: null, amount_sun: null, resource: null, details: null };
    for (const kind of OPERATION_KINDS) {
      const row = { ...bare, kind };
      if (['CANCEL_UNFREEZE', 'WITHDRAW_EXPIRED', 'CLAIM_REWARDS'].includes(kind)) {
        expect(effectOf(row)).toMatchObject({ owner });
      } else {
        expect(() => effectOf(row)).toThrow(/the operation (has its|holds)/);
      }
    }
  });
});
