import fc from 'fast-check';
import { TronWeb } from 'tronweb';
import { describe, expect, it } from 'vitest';
import { addressFromHex, addressOfKey, type Address } from './address.ts';
import { buildTransaction, decodeRawData, refBlockFields } from './build-transaction.ts';
import { encodeContract } from './contract-codec.ts';
import { decodeRawBytes, encodeRawData } from './raw-data.ts';
import { signTransaction } from './sign-transaction.ts';
import { encodeTokenCall } from './token-call.ts';
import type { ChainEffect, TransactionFrame } from './transaction.ts';

const KEY = '22'.repeat(32);
const owner = addressOfKey(KEY);
const receiver = addressOfKey('33'.repeat(32));
const witness = addressFromHex('41a614f803b6fd780986a42c78ec9c7f77e6ded13c');

/** tron-facts 8; the reference block is any whose number and id end so. */
const frame: TransactionFrame = {
  refBlock: {
    number: 0x4_37a0,
    id: `00000000000437a09b01ae1a352b1568${'00'.repeat(16)}`,
  },
  expirationMs: 1_739_118_897_000,
  timestampMs: 1_739_118_837_000,
  permissionId: 2,
};
const golden: ChainEffect = {
  kind: 'delegate',
  owner,
  receiver,
  amountSun: 6_800_000_000n,
  resource: 'ENERGY',
};

const tronweb = new TronWeb({ fullHost: 'http://127.0.0.1:1', disablePlugins: true });
const builder = tronweb.transactionBuilder;

/** What tronweb itself builds for an effect, without a network. */
async function byTronweb(
  effect: ChainEffect,
  permissionId = frame.permissionId,
): Promise<{ txID: string; raw_data_hex: string }> {
  const { refBlockBytes, refBlockHash } = refBlockFields(frame.refBlock);
  const options = {
    permissionId,
    blockHeader: {
      ref_block_bytes: refBlockBytes,
      ref_block_hash: refBlockHash,
      expiration: frame.expirationMs,
      timestamp: frame.timestampMs,
    },
  };
  switch (effect.kind) {
    case 'delegate':
    case 'undelegate': {
      const sun = Number(effect.amountSun);
      return effect.kind === 'delegate'
        ? builder.delegateResource(
            sun,
            effect.receiver,
            effect.resource,
            effect.owner,
            false,
            undefined,
            options,
          )
        : builder.undelegateResource(sun, effect.receiver, effect.resource, effect.owner, options);
    }
    case 'freeze':
      return builder.freezeBalanceV2(
        Number(effect.amountSun),
        effect.resource,
        effect.owner,
        options,
      );
    case 'unfreeze':
      return builder.unfreezeBalanceV2(
        Number(effect.amountSun),
        effect.resource,
        effect.owner,
        options,
      );
    case 'cancelUnfreeze':
      return builder.cancelUnfreezeBalanceV2(effect.owner, options);
    case 'withdrawExpired':
      return builder.withdrawExpireUnfreeze(effect.owner, options);
    case 'claimRewards':
      return builder.withdrawBlockRewards(effect.owner, options);
    case 'vote':
      return builder.vote(
        Object.fromEntries(effect.votes.map((vote) => [vote.witness, Number(vote.count)])),
        effect.owner,
        options,
      );
    case 'transfer':
      return builder.sendTrx(effect.to, Number(effect.amountSun), effect.owner, options);
    case 'tokenTransfer': {
      const { transaction } = await builder.triggerSmartContract(
        effect.contract,
        'transfer(address,uint256)',
        { ...options, feeLimit: Number(effect.feeLimitSun), txLocal: true },
        [
          { type: 'address', value: effect.to },
          { type: 'uint256', value: effect.amount.toString() },
        ],
        effect.owner,
      );
      return transaction;
    }
    case 'setPermissions':
      return builder.updateAccountPermissions(
        effect.owner,
        {
          type: 0,
          permission_name: effect.ownerPermission.name,
          threshold: Number(effect.ownerPermission.threshold),
          keys: effect.ownerPermission.keys.map(({ address, weight }) => ({
            address,
            weight: Number(weight),
          })),
        },
        undefined,
        effect.actives.map((active) => ({
          type: 2,
          permission_name: active.name,
          threshold: Number(active.threshold),
          operations: active.operations,
          keys: active.keys.map(({ address, weight }) => ({ address, weight: Number(weight) })),
        })),
        options,
      );
    default:
      throw new Error('an effect without an oracle');
  }
}

const every: ChainEffect[] = [
  golden,
  { ...golden, resource: 'BANDWIDTH' },
  { ...golden, kind: 'undelegate' },
  { kind: 'freeze', owner, amountSun: 1_000_000n, resource: 'ENERGY' },
  { kind: 'freeze', owner, amountSun: 9_007_199_254_740_991n, resource: 'BANDWIDTH' },
  { kind: 'unfreeze', owner, amountSun: 5_139_000_000n, resource: 'ENERGY' },
  { kind: 'cancelUnfreeze', owner },
  { kind: 'withdrawExpired', owner },
  { kind: 'claimRewards', owner },
  {
    kind: 'vote',
    owner,
    votes: [
      { witness, count: 12_345n },
      { witness: receiver, count: 1n },
    ],
  },
  { kind: 'transfer', owner, to: receiver, amountSun: 1n },
  {
    kind: 'tokenTransfer',
    owner,
    contract: witness,
    to: receiver,
    amount: 2n ** 63n - 1n,
    feeLimitSun: 30_000_000n,
  },
  {
    kind: 'setPermissions',
    owner,
    ownerPermission: { name: 'owner', threshold: 1n, keys: [{ address: owner, weight: 1n }] },
    actives: [
      {
        name: 'delegate only',
        threshold: 1n,
        operations: '0000000000000006000000000000000000000000000000000000000000000000',
        keys: [{ address: receiver, weight: 1n }],
      },
      {
        name: 'stake',
        threshold: 2n,
        operations: '102000000000c00f000000000000000000000000000000000000000000000000',
        keys: [
          { address: receiver, weight: 1n },
          { address: witness, weight: 1n },
        ],
      },
    ],
  },
];

describe('a built transaction', () => {
  it('is the golden one', () => {
    expect(buildTransaction(golden, frame).txid).toBe(
      '95bbfb1cfeb9d887104f24e274065df9667e73bc0b3ac315600335072cfec02e',
    );
  });

  it.each(every)("is tronweb's for $kind", async (effect) => {
    for (const permissionId of [0, 2]) {
      const theirs = await byTronweb(effect, permissionId);
      const ours = buildTransaction(effect, { ...frame, permissionId });
      expect(ours).toEqual({ txid: theirs.txID, rawDataHex: theirs.raw_data_hex });
    }
  });

  it.each(every)('reads back as the same $kind', (effect) => {
    const { txid, rawDataHex } = buildTransaction(effect, frame);
    expect(decodeRawData(rawDataHex)).toEqual({
      txid,
      effect,
      ...refBlockFields(frame.refBlock),
      expirationMs: frame.expirationMs,
      timestampMs: frame.timestampMs,
      permissionId: 2,
    });
  });

  it('holds any amount and any frame to the last digit', () => {
    const addresses: fc.Arbitrary<Address> = fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map((bytes) => addressFromHex(`41${Buffer.from(bytes).toString('hex')}`));
    fc.assert(
      fc.property(
        addresses,
        addresses,
        fc.bigInt(1n, 2n ** 63n - 1n),
        fc.integer({ min: 1, max: 2 ** 45 }),
        fc.nat(9),
        fc.nat(2 ** 31 - 1),
        (from, to, amountSun, time, permissionId, number) => {
          const effect: ChainEffect = {
            kind: 'delegate',
            owner: from,
            receiver: to,
            amountSun,
            resource: 'ENERGY',
          };
          const id = number.toString(16).padStart(16, '0').padEnd(64, 'a');
          const built = buildTransaction(effect, {
            refBlock: { number, id },
            expirationMs: time + 60_000,
            timestampMs: time,
            permissionId,
          });
          const read = decodeRawData(built.rawDataHex);
          expect(read).toMatchObject({ effect, timestampMs: time, permissionId });
          expect(read.refBlockBytes).toBe(id.slice(12, 16));
        },
      ),
    );
  });

  it('differs by its timestamp alone', () => {
    const later = { ...frame, timestampMs: frame.timestampMs + 1 };
    expect(buildTransaction(golden, later).txid).not.toBe(buildTransaction(golden, frame).txid);
  });

  it('costs the bandwidth that was measured (tron-facts 3.3)', () => {
    const bandwidth = (effect: ChainEffect): number =>
      signTransaction(buildTransaction(effect, frame).rawDataHex, KEY).signedHex.length / 2 + 64;
    expect(bandwidth(golden)).toBe(281);
    expect(bandwidth({ ...golden, kind: 'undelegate' })).toBe(283);
  });
});

describe('reading raw data back', () => {
  const { rawDataHex } = buildTransaction(golden, frame);
  const raw = decodeRawBytes(Buffer.from(rawDataHex, 'hex'));
  const delegation = {
    kind: 'DelegateResourceContract',
    owner,
    receiver,
    amountSun: 1_000_000n,
    resource: 'ENERGY',
    lock: false,
    lockPeriod: 0n,
  } as const;
  const encode = (change: Partial<typeof raw>, type = 57): string =>
    encodeRawData({ ...raw, ...change }, type).toString('hex');

  it.each([
    ['a lock', encode({ parameter: encodeContract({ ...delegation, lock: true }) })],
    ['a lock period', encode({ parameter: encodeContract({ ...delegation, lockPeriod: 5n }) })],
    ['a memo', encode({ memo: Buffer.from('for order 1') })],
    ['a fee limit', encode({ feeLimitSun: 1n })],
    ['an unknown field', `${rawDataHex}f80101`],
    ['a type that is not the parameter', encode({ type: 'UnDelegateResourceContract' }, 57)],
    ['no contract', ''],
    ['bytes that are cut short', rawDataHex.slice(0, -10)],
    ['text', Buffer.from('hello').toString('hex')],
  ])('refuses %s', (_what, hex) => {
    expect(() => decodeRawData(hex)).toThrow();
  });

  const call = encodeTokenCall({ to: receiver, amount: 5n });
  const trigger = {
    type: 'TriggerSmartContract',
    callValueSun: 0n,
    dataHex: call,
    fee: 1_000_000n,
  };
  it.each<[string, Partial<typeof trigger>, RegExp]>([
    ['no arguments', { dataHex: 'a9059cbb' }, /for a transfer of tokens alone/],
    ['another method', { dataHex: call.replace('a9059cbb', '095ea7b3') }, /tokens alone/],
    ['more than the arguments', { dataHex: `${call}00` }, /tokens alone/],
    [
      'an address with something before it',
      { dataHex: `${call.slice(0, 8)}1${call.slice(9)}` },
      /tokens alone/,
    ],
    ['TRX sent along', { callValueSun: 1n }, /tokens alone/],
    ['no tokens', { dataHex: encodeTokenCall({ to: receiver, amount: 0n }) }, /no such amount/],
    ['more than there are', { dataHex: `${call.slice(0, 72)}${'f'.repeat(64)}` }, /no such amount/],
    ['no fee limit', { fee: 0n }, /without a fee limit/],
  ])('refuses a call of a contract with %s', (_what, change, why) => {
    const { callValueSun, dataHex, fee } = { ...trigger, ...change };
    const kind = 'TriggerSmartContract';
    const parameter = encodeContract({ kind, owner, contract: witness, callValueSun, dataHex });
    const hex = encode({ type: kind, parameter, feeLimitSun: fee }, 31);
    expect(() => decodeRawData(hex)).toThrow(why);
  });

  it('refuses a contract that the desk does not make', () => {
    const bytes = encode({ type: 'WitnessCreateContract' }, 5);
    expect(() => decodeRawData(bytes)).toThrow(/makes no WitnessCreateContract/);
  });
});
