import { utils } from 'tronweb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';
import type { Json } from './testing/local-network.ts';

const day = 86_400_000;
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('stake', () => {
  test('unfreezing takes 14 days, and matured stake is paid out', async () => {
    const owner = await net.rich(1_000);
    const build = owner.tronWeb.transactionBuilder;
    await net.execute(owner, await build.freezeBalanceV2(500e6, 'ENERGY', owner.address));
    const weight = async (): Promise<number> =>
      Number((await net.resources(owner.address))['TotalEnergyWeight']);
    const before = await weight();
    const info = await net.execute(
      owner,
      await build.unfreezeBalanceV2(200e6, 'ENERGY', owner.address),
    );
    expect(info['unfreeze_amount']).toBe(200e6);
    expect(await weight()).toBe(before - 200);
    const { unfrozenV2 } = (await net.account(owner.address)) as { unfrozenV2: Json[] };
    expect(unfrozenV2).toMatchObject([{ type: 'ENERGY', unfreeze_amount: 200e6 }]);
    const withdraw = (): Promise<unknown> => build.withdrawExpireUnfreeze(owner.address);
    expect(await net.refusal(owner, await withdraw())).toBe(
      'CONTRACT_VALIDATE_ERROR | Contract validate error : no unFreeze balance to withdraw ',
    );
    const count = await net.post('/wallet/getavailableunfreezecount', { owner_address: owner.hex });
    expect(count).toEqual({ count: 31 });
    await net.control('advance', { ms: 14 * day - 9_000 });
    net.devnet.step();
    expect(await net.refusal(owner, await withdraw())).toMatch(/no unFreeze balance to withdraw/);
    net.devnet.step(3);
    expect(
      await net.post('/wallet/getcanwithdrawunfreezeamount', { owner_address: owner.hex }),
    ).toEqual({ amount: 200e6 });
    expect(await net.execute(owner, await withdraw())).toMatchObject({
      withdraw_expire_amount: 200e6,
    });
    expect(await net.account(owner.address)).toMatchObject({ balance: 700e6 });
  });

  test('cancelling puts waiting stake back', async () => {
    const owner = await net.rich(1_000);
    const build = owner.tronWeb.transactionBuilder;
    await net.execute(owner, await build.freezeBalanceV2(500e6, 'BANDWIDTH', owner.address));
    await net.execute(owner, await build.unfreezeBalanceV2(100e6, 'BANDWIDTH', owner.address));
    const info = await net.execute(owner, await build.cancelUnfreezeBalanceV2(owner.address));
    expect(info['cancel_unfreezeV2_amount']).toContainEqual({ key: 'BANDWIDTH', value: 100e6 });
    expect(await net.account(owner.address)).toMatchObject({
      frozenV2: [{ amount: 500e6 }, {}, {}],
    });
  });

  test('unfreezing below the votes lowers them', async () => {
    const owner = await net.staker(1_000);
    const { witnesses } = (await net.control('status')) as { witnesses: string[] };
    const build = owner.tronWeb.transactionBuilder;
    const tooMany = await build.vote({ [String(witnesses[0])]: 1_001 }, owner.address);
    expect(await net.refusal(owner, tooMany)).toBe(
      'CONTRACT_VALIDATE_ERROR | Contract validate error : The total number of votes[1001000000] is greater than the tronPower[1000000000]',
    );
    await net.execute(owner, await build.vote({ [String(witnesses[0])]: 1_000 }, owner.address));
    await net.execute(owner, await build.unfreezeBalanceV2(400e6, 'ENERGY', owner.address));
    expect(await net.account(owner.address)).toMatchObject({ votes: [{ vote_count: 600 }] });
  });
});

describe('permissions and fees', () => {
  test('a permission update costs 100 TRX and refuses unknown operations', async () => {
    const owner = await net.rich(99);
    const keys = [{ address: owner.hex, weight: 1 }];
    const update = (operations: string): Promise<unknown> =>
      owner.tronWeb.transactionBuilder.updateAccountPermissions(
        owner.hex,
        { type: 0, permission_name: 'owner', threshold: 1, keys },
        undefined,
        [{ type: 2, permission_name: 'a', threshold: 1, operations, keys }],
      );
    expect(await net.refusal(owner, await update(`0000000000000006${'0'.repeat(48)}`))).toMatch(
      /^CONTRACT_EXE_ERROR \| Contract execute error : .*insufficient balance/,
    );
    expect(await net.refusal(owner, await update('f'.repeat(64)))).toMatch(
      /isn't a validate ContractType$/,
    );
  });

  test('a memo costs 1 TRX, and bandwidth beyond the free 600 burns 1,000 sun a byte', async () => {
    const owner = await net.rich(100);
    const to = await net.rich();
    const build = owner.tronWeb.transactionBuilder;
    const memo = await build.addUpdateData(
      await build.sendTrx(to.address, 1, owner.address),
      'thanks',
      'utf8',
      { txLocal: true },
    );
    expect(await net.execute(owner, memo)).toMatchObject({ fee: 1_000_000 });
    const second = await net.execute(owner, await build.sendTrx(to.address, 2, owner.address));
    expect(second['receipt']).toHaveProperty('net_usage');
    const third = await net.execute(owner, await build.sendTrx(to.address, 3, owner.address));
    const { net_fee } = third['receipt'] as { net_fee: number };
    expect(net_fee).toBe(third['fee']);
    expect(net_fee % 1_000).toBe(0);
  });

  test('only TVM transactions can be included and fail', async () => {
    const owner = await net.rich(100);
    const to = await net.rich();
    const call = async (feeLimit: number): Promise<Json> => {
      const { transaction } = await owner.tronWeb.transactionBuilder.triggerSmartContract(
        'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
        'transfer(address,uint256)',
        { feeLimit },
        [
          { type: 'address', value: to.address },
          { type: 'uint256', value: 1 },
        ],
        owner.address,
      );
      return net.execute(owner, transaction);
    };
    expect(await call(50_000_000)).toMatchObject({
      result: 'FAILED',
      receipt: { result: 'REVERT' },
      resMessage: utils.bytes
        .byteArray2hexStr([...Buffer.from('REVERT opcode executed')])
        .toLowerCase(),
    });
    await net.control('fund', { address: owner.address, usdt: 10 });
    net.devnet.step();
    expect(await call(1_000_000)).toMatchObject({
      result: 'FAILED',
      receipt: { result: 'OUT_OF_ENERGY', energy_usage_total: 10_000, energy_fee: 1_000_000 },
    });
  });
});
