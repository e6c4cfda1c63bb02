import fc from 'fast-check';
import { TronWeb, utils } from 'tronweb';
import { describe, expect, it } from 'vitest';
import { addressFromHex, addressOfKey } from './address.ts';
import { buildTransaction } from './build-transaction.ts';
import { signTransaction } from './sign-transaction.ts';
import { BadPrivateKey } from './chain.errors.ts';

const KEY = '22'.repeat(32);
const receiver = addressOfKey('33'.repeat(32));
const tronweb = new TronWeb({ fullHost: 'http://127.0.0.1:1', disablePlugins: true });
const frame = {
  refBlock: { number: 0x37a0, id: `00000000000037a09b01ae1a352b1568${'00'.repeat(16)}` },
  expirationMs: 1_739_118_897_000,
  timestampMs: 1_739_118_837_000,
  permissionId: 2,
};

const keys = fc.bigInt(1n, 2n ** 255n).map((secret) => secret.toString(16).padStart(64, '0'));

interface TransactionMessage {
  addSignature(signature: Uint8Array): void;
  serializeBinary(): Uint8Array;
}

describe('signing', () => {
  it("makes tronweb's signature in tronweb's envelope", async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 2 ** 41 }), async (key, timestampMs) => {
        const owner = addressOfKey(key);
        const unsigned = await tronweb.transactionBuilder.delegateResource(
          1_000_000,
          receiver,
          'ENERGY',
          owner,
          false,
          undefined,
          {
            permissionId: 2,
            blockHeader: {
              ref_block_bytes: '37a0',
              ref_block_hash: '9b01ae1a352b1568',
              expiration: frame.expirationMs,
              timestamp: timestampMs,
            },
          },
        );
        const theirs = await tronweb.trx.multiSign(unsigned, key);
        const message = utils.transaction.txJsonToPb(theirs) as TransactionMessage;
        const [signature = ''] = theirs.signature;
        message.addSignature(Uint8Array.from(Buffer.from(signature, 'hex')));

        const { rawDataHex } = buildTransaction(
          { kind: 'delegate', owner, receiver, amountSun: 1_000_000n, resource: 'ENERGY' },
          { ...frame, timestampMs },
        );
        const expected = Buffer.from(message.serializeBinary()).toString('hex');
        expect(signTransaction(rawDataHex, key).signedHex).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('names its signer, low-s, for any key', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const owner = addressOfKey(key);
        const built = buildTransaction(
          { kind: 'transfer', owner, to: receiver, amountSun: 1n },
          frame,
        );
        const signature = signTransaction(built.rawDataHex, key).signedHex.slice(-130);
        expect(BigInt(`0x${signature.slice(64, 128)}`)).toBeLessThan(2n ** 255n);
        expect(addressFromHex(utils.crypto.ecRecover(built.txid, signature))).toBe(owner);
      }),
      { numRuns: 30 },
    );
  });

  it('wants a key', () => {
    expect(() => signTransaction('0a', '')).toThrow(BadPrivateKey);
    expect(signTransaction('0a', KEY).signedHex).toMatch(/^0a010a1241/);
  });
});
