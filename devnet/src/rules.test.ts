import { TronWeb } from 'tronweb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bandwidthOf } from './rules/bandwidth.ts';
import { LocalNetwork, hexOf } from './testing/local-network.ts';
import { buildTransaction, decodeTransaction } from './wire/transaction.ts';

const ownerKey = '22'.repeat(32);
const day = 86_400_000;
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

describe('delegation', () => {
  const invalid = 'CONTRACT_VALIDATE_ERROR | Contract validate error : ';

  test('refuses in the words of java-tron', async () => {
    const owner = await net.staker(1_000);
    const receiver = await net.rich(1);
    const stranger = net.person();
    const { contracts } = (await net.control('status')) as { contracts: { usdt: string } };
    const build = owner.tronWeb.transactionBuilder;
    const delegate = async (
      sun: number,
      to: string,
      lock = false,
      period?: number,
      from = owner,
    ): Promise<string> =>
      net.refusal(
        from,
        await build.delegateResource(sun, to, 'ENERGY', from.address, lock, period),
      );
    expect(await delegate(999_999, receiver.address)).toBe(
      `${invalid}delegateBalance must be greater than or equal to 1 TRX`,
    );
    expect(await delegate(1_001e6, receiver.address)).toBe(
      `${invalid}delegateBalance must be less than or equal to available FreezeEnergyV2 balance`,
    );
    expect(await delegate(1e6, stranger.address)).toBe(
      `${invalid}Account[${stranger.hex}] not exists`,
    );
    expect(await delegate(1e6, contracts.usdt)).toBe(
      `${invalid}Do not allow delegate resources to contract addresses`,
    );
    expect(await delegate(1e6, receiver.address, true, 864_001)).toBe(
      `${invalid}The lock period of delegate resource cannot be less than 0 and cannot exceed 864000!`,
    );
    const self = await net.post('/wallet/delegateresource', {
      owner_address: owner.hex,
      receiver_address: owner.hex,
      balance: 1e6,
      resource: 'ENERGY',
    });
    expect(self).toEqual({
      Error:
        'class org.tron.core.exception.ContractValidateException : receiverAddress must not be the same as ownerAddress',
    });
    const back = async (sun: number, to: string): Promise<string> =>
      net.refusal(owner, await build.undelegateResource(sun, to, 'ENERGY', owner.address));
    expect(await back(1e6, receiver.address)).toBe(`${invalid}delegated Resource does not exist`);
    await net.execute(
      owner,
      await build.delegateResource(5e6, receiver.address, 'ENERGY', owner.address),
    );
    expect(await back(6e6, receiver.address)).toBe(
      `${invalid}insufficient delegateFrozenBalance(Energy), request=6000000, unlock_balance=5000000`,
    );
    expect(await back(5e6, receiver.address)).toBe('SUCCESS | ');
  });

  test('a locked delegation comes back only after its time', async () => {
    const owner = await net.staker(1_000);
    const receiver = await net.rich(1);
    const build = owner.tronWeb.transactionBuilder;
    const delegate = (lock: boolean, period?: number): Promise<unknown> =>
      build.delegateResource(100e6, receiver.address, 'ENERGY', owner.address, lock, period);
    await net.execute(owner, await delegate(true, 100));
    await net.execute(owner, await delegate(false));
    const rows = await net.post('/wallet/getdelegatedresourcev2', {
      fromAddress: owner.hex,
      toAddress: receiver.hex,
    });
    expect(rows['delegatedResource']).toMatchObject([
      { frozen_balance_for_energy: 100e6 },
      { frozen_balance_for_energy: 100e6, expire_time_for_energy: expect.any(Number) as number },
    ]);
    expect(await net.refusal(owner, await delegate(true, 10))).toMatch(
      /The lock period for ENERGY this time cannot be less than the remaining time\[\d+ms\]/,
    );
    const back = (): Promise<unknown> =>
      build.undelegateResource(200e6, receiver.address, 'ENERGY', owner.address);
    expect(await net.refusal(owner, await back())).toMatch(
      /request=200000000, unlock_balance=100000000$/,
    );
    net.devnet.step(101);
    expect(await net.refusal(owner, await back())).toBe('SUCCESS | ');
  });

  test('energy per TRX is about 9.47, and the node says what can be delegated', async () => {
    const owner = await net.staker(10_000);
    const { EnergyLimit } = (await net.resources(owner.address)) as { EnergyLimit: number };
    expect(EnergyLimit / 10_000).toBeGreaterThan(9.4);
    expect(EnergyLimit / 10_000).toBeLessThan(9.5);
    await net.control('use-energy', { address: owner.address, energy: 9_473 });
    net.devnet.step();
    const { max_size } = await net.post('/wallet/getcandelegatedmaxsize', {
      owner_address: owner.hex,
      type: 1,
    });
    // 9,473 Energy is the day's production of about 1,000 TRX.
    expect(Number(max_size)).toBeGreaterThan(8_995e6);
    expect(Number(max_size)).toBeLessThan(9_005e6);
  });

  test('use moves to the owner at undelegation, and recovers over 24 h', async () => {
    const owner = await net.staker(20_000);
    const receiver = await net.rich(1);
    const build = owner.tronWeb.transactionBuilder;
    const sun = 10_000e6;
    await net.execute(
      owner,
      await build.delegateResource(sun, receiver.address, 'ENERGY', owner.address),
    );
    await net.control('use-energy', { address: receiver.address, energy: 60_000 });
    await net.execute(
      owner,
      await build.undelegateResource(sun, receiver.address, 'ENERGY', owner.address),
    );
    const used = async (address: string): Promise<number> =>
      Number((await net.resources(address))['EnergyUsed'] ?? 0);
    expect(await used(receiver.address)).toBeLessThan(3);
    const moved = await used(owner.address);
    expect(moved).toBeGreaterThan(59_980);
    expect(moved).toBeLessThanOrEqual(60_000);
    await net.control('advance', { ms: day / 2 });
    net.devnet.step();
    expect(Math.abs((await used(owner.address)) - 30_000)).toBeLessThan(20);
    await net.control('advance', { ms: day / 2 });
    net.devnet.step();
    expect(await used(owner.address)).toBe(0);
  });

  test('a receiver with own stake gives back only the share of the supplier', async () => {
    const owner = await net.staker(20_000);
    const receiver = await net.staker(300);
    const build = owner.tronWeb.transactionBuilder;
    const sun = 200e6;
    await net.execute(
      owner,
      await build.delegateResource(sun, receiver.address, 'ENERGY', owner.address),
    );
    await net.control('use-energy', { address: receiver.address, energy: 50 });
    await net.execute(
      owner,
      await build.undelegateResource(sun, receiver.address, 'ENERGY', owner.address),
    );
    expect(await net.resources(owner.address)).toMatchObject({ EnergyUsed: 20 });
  });
});
