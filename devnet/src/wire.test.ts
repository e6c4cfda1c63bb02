import { TronWeb } from 'tronweb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bandwidthOf } from './rules/bandwidth.ts';
import { hexOf, LocalNetwork } from './testing/local-network.ts';
import { buildTransaction, decodeTransaction } from './wire/transaction.ts';

const ownerKey = '22'.repeat(32);
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('transactions on the wire', () => {
  const owner = '411563915e194d8cfba1943570603f7606a3115508';
  const receiver = '415cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb';
  const header = {
    ref_block_bytes: '37a0',
    ref_block_hash: '9b01ae1a352b1568',
    expiration: 1_739_118_897_000,
    timestamp: 1_739_118_837_000,
  };
  const { transactionBuilder, trx } = new TronWeb({
    fullHost: 'http://localhost',
    disablePlugins: true,
    privateKey: ownerKey,
  });
  const at = { permissionId: 2, blockHeader: header };
  const bandwidth = async (unsigned: unknown): Promise<number> => {
    const signed = await trx.multiSign(
      unsigned as Parameters<typeof trx.multiSign>[0] & object,
      ownerKey,
      2,
    );
    return bandwidthOf(decodeTransaction(Buffer.from(hexOf(signed), 'hex')));
  };

  test('the golden delegation has its txid', () => {
    const built = buildTransaction(
      {
        name: 'DelegateResourceContract',
        value: {
          owner_address: owner,
          resource: 1,
          balance: 6_800_000_000n,
          receiver_address: receiver,
          lock: false,
          lock_period: 0n,
        },
      },
      {
        refBlockBytes: header.ref_block_bytes,
        refBlockHash: header.ref_block_hash,
        expiration: header.expiration,
        timestamp: header.timestamp,
        permissionId: 2,
      },
    );
    expect(built.txid).toBe('95bbfb1cfeb9d887104f24e274065df9667e73bc0b3ac315600335072cfec02e');
  });

  test('bandwidth is 281, 287, 283 and 278 bytes', async () => {
    const delegate = (sun: number, lock: boolean, options: object): Promise<unknown> =>
      transactionBuilder.delegateResource(
        sun,
        receiver,
        'ENERGY',
        owner,
        lock,
        lock ? 86_400 : undefined,
        options,
      );
    expect(await bandwidth(await delegate(6_800e6, false, at))).toBe(281);
    expect(await bandwidth(await delegate(6_800e6, true, at))).toBe(287);
    const back = await transactionBuilder.undelegateResource(
      6_800e6,
      receiver,
      'ENERGY',
      owner,
      at,
    );
    expect(await bandwidth(back)).toBe(283);
    const plain = await delegate(100e6, false, { blockHeader: header });
    const signed = await trx.sign(plain as Parameters<typeof trx.sign>[0] & object, ownerKey);
    expect(bandwidthOf(decodeTransaction(Buffer.from(hexOf(signed), 'hex')))).toBe(278);
  });

  test('broadcasttransaction serialises raw_data anew and gets the same txid', async () => {
    const person = await net.rich();
    const to = await net.rich();
    const unsigned = await person.tronWeb.transactionBuilder.sendTrx(to.address, 5, person.address);
    const signed = await person.tronWeb.trx.sign(unsigned);
    const answer = await net.post('/wallet/broadcasttransaction', {
      raw_data: signed.raw_data,
      raw_data_hex: 'ignored',
      signature: signed.signature,
    });
    expect(answer).toEqual({ result: true, txid: signed.txID });
  });
});
