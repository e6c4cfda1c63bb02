import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hexOf, LocalNetwork } from './testing/local-network.ts';

const day = 86_400_000;
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('broadcast codes', () => {
  test('answers explicitly to broadcasthex and leaves defaults out of broadcasttransaction', async () => {
    const person = await net.rich();
    const to = await net.rich();
    const unsigned = await person.tronWeb.transactionBuilder.sendTrx(to.address, 1, person.address);
    const signed = await person.tronWeb.trx.sign(unsigned);
    const hex = { transaction: hexOf(signed) };
    const first = await net.post('/wallet/broadcasthex', hex);
    expect(first).toMatchObject({ result: true, code: 'SUCCESS', message: '', txid: signed.txID });
    expect(JSON.parse(String(first['transaction']))).toMatchObject({ txID: signed.txID });
    const again = await net.post('/wallet/broadcasthex', hex);
    expect(again).toMatchObject({
      result: false,
      code: 'DUP_TRANSACTION_ERROR',
      message: 'Dup transaction.',
    });
    net.devnet.step();
    const json = await net.post('/wallet/broadcasttransaction', signed);
    expect(json).toEqual({
      code: 'DUP_TRANSACTION_ERROR',
      message: Buffer.from('Dup transaction.').toString('hex'),
      txid: signed.txID,
    });
  });

  test('judges expiration by the parent and TAPOS by the chain', async () => {
    const person = await net.rich();
    const to = await net.rich();
    const build = person.tronWeb.transactionBuilder;
    const reference = await person.tronWeb.trx.getCurrentRefBlockParams();
    const head = reference.timestamp;
    const send = async (change: object): Promise<string> =>
      net.refusal(
        person,
        await build.sendTrx(to.address, 1, person.address, {
          blockHeader: { ...reference, timestamp: ++reference.timestamp, ...change },
        }),
      );
    const expired = 'TRANSACTION_EXPIRATION_ERROR | Transaction expired';
    expect(await send({ expiration: head })).toBe(expired);
    expect(await send({ expiration: head + 2_999 })).toBe(expired);
    expect(await send({ expiration: head + day + 1 })).toBe(expired);
    expect(await send({ ref_block_hash: '0011223344556677' })).toBe(
      'TAPOS_ERROR | Tapos check error.',
    );
    expect(await send({ expiration: head + 3_000 })).toBe('SUCCESS | ');
    expect(await send({ expiration: head + day })).toBe('SUCCESS | ');
  });

  test('a transaction whose parent is at its expiration never gets in', async () => {
    const person = await net.rich();
    const to = await net.rich();
    const reference = await person.tronWeb.trx.getCurrentRefBlockParams();
    const unsigned = await person.tronWeb.transactionBuilder.sendTrx(
      to.address,
      1,
      person.address,
      {
        blockHeader: { ...reference, expiration: reference.timestamp + 6_000 },
      },
    );
    const signed = await person.tronWeb.trx.sign(unsigned);
    net.devnet.step(2);
    const answer = await net.post('/wallet/broadcasthex', { transaction: hexOf(signed) });
    expect(answer['code']).toBe('TRANSACTION_EXPIRATION_ERROR');
  });

  test('tells a lack of bandwidth and TRX, and a full pool', async () => {
    const poor = await net.rich(0.000001);
    const to = await net.rich();
    await net.control('use-bandwidth', { address: poor.address, bandwidth: 0 });
    const memo = await poor.tronWeb.transactionBuilder.addUpdateData(
      await poor.tronWeb.transactionBuilder.sendTrx(to.address, 1, poor.address),
      'hello',
      'utf8',
      { txLocal: true },
    );
    expect(await net.refusal(poor, memo)).toBe(
      'BANDWITH_ERROR | Account resource insufficient error.',
    );
    const small = await LocalNetwork.start({ maxPending: 0 });
    try {
      const person = await small.rich();
      const build = person.tronWeb.transactionBuilder;
      await small.send(person, await build.sendTrx(small.person().address, 1e6, person.address));
      const full = await small.offer(
        person,
        await build.sendTrx(small.person().address, 1e6, person.address),
      );
      expect(full).toMatchObject({ code: 'SERVER_BUSY', message: 'Server busy.' });
    } finally {
      await small.stop();
    }
  });

  test('answers nonsense as java-tron does', async () => {
    expect(await net.post('/wallet/broadcasttransaction', {})).toEqual({
      Error: 'class java.lang.NullPointerException : null',
    });
    expect(await net.post('/wallet/broadcasthex', { transaction: 'zz' })).toHaveProperty('Error');
    expect(await net.post('/wallet/nosuchthing')).toEqual({
      Error: 'this API is unavailable due to config',
    });
    const large = await fetch(`${net.url}/wallet/getblockbynum`, {
      method: 'POST',
      body: 'x'.repeat(5 * 1024 * 1024),
    });
    expect(large.status).toBe(413);
  });
});
