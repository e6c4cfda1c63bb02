import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';

const day = 86_400_000;
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

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
