import { HDKey } from '@scure/bip32';
import { describe, expect, it } from 'vitest';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { deriveAddress } from '../deposits/own-address.ts';
import { systemClock } from '../kernel/clock.ts';
import { inProcessSigner } from '../testing/in-process-signer.ts';
import { deriveKey } from './derive-key.ts';
import { parsePolicy } from './policy.ts';

/** BIP-32's first test vector's seed, at the account of TRON. */
const account = HDKey.fromMasterSeed(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')).derive(
  "m/44'/195'/0'",
);
const secret = Buffer.concat([
  account.privateKey ?? Buffer.alloc(0),
  account.chainCode ?? Buffer.alloc(0),
]).toString('hex');

describe('the key of a derived address', () => {
  it('is that of the address which the public side alone gives', () => {
    for (const index of [0, 1, 7, 2 ** 31 - 1]) {
      expect(addressOfKey(deriveKey(secret, index))).toBe(
        deriveAddress(account.publicExtendedKey, index),
      );
    }
  });

  it('signs for its own address only, and never for a wallet', async () => {
    const receiver = addressOfKey('33'.repeat(32));
    const policy = parsePolicy({ effects: ['transfer'], transferReceivers: [receiver] });
    const ask = inProcessSigner(
      (sealed) => Promise.resolve(sealed === 'account' ? secret : '22'.repeat(32)),
      { ...systemClock, now: () => new Date(1_739_118_837_000) },
      policy,
    );
    const owner = deriveAddress(account.publicExtendedKey, 7);
    const { rawDataHex } = buildTransaction(
      { kind: 'transfer', owner, to: receiver, amountSun: 1n },
      {
        refBlock: { number: 7, id: 'ab'.repeat(32) },
        timestampMs: 1_739_118_837_000,
        expirationMs: 1_739_118_882_000,
        permissionId: 0,
      },
    );
    const request = { owner, permissionId: 0, rawDataHex, sealedKey: 'account' };
    const { signedHex } = await ask({ ...request, child: 7 });
    expect(signedHex).toBe(signTransaction(rawDataHex, deriveKey(secret, 7)).signedHex);
    const refused = { code: 'KEY_UNUSABLE' };
    await expect(ask({ ...request, child: 8 })).rejects.toMatchObject(refused);
    await expect(ask(request)).rejects.toMatchObject(refused);
    await expect(ask({ ...request, child: 7, sealedKey: 'wallet' })).rejects.toMatchObject(refused);
  });
});
