import { TronWeb } from 'tronweb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';
import type { Json } from './testing/local-network.ts';

const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('tronweb against the local network', () => {
  test('sends TRX, activates the receiver, and pays 1.1 TRX for it', async () => {
    const from = await net.rich(100);
    const to = net.person();
    expect(await from.tronWeb.trx.getUnconfirmedAccount(to.address)).toEqual({});
    const sent = await from.tronWeb.trx.sendTransaction(to.address, 5_000_000);
    expect(sent.result).toBe(true);
    net.devnet.step();
    expect(await from.tronWeb.trx.getUnconfirmedBalance(to.address)).toBe(5_000_000);
    expect(await from.tronWeb.trx.getUnconfirmedBalance(from.address)).toBe(93_900_000);
    const info = await from.tronWeb.trx.getUnconfirmedTransactionInfo(sent.transaction.txID);
    expect(info).toMatchObject({ fee: 1_100_000, receipt: { net_fee: 100_000 } });
  });

  test('shows a pending transaction by id, and no info before its block', async () => {
    const from = await net.rich();
    const to = await net.rich();
    const sent = await from.tronWeb.trx.sendTransaction(to.address, 1);
    const { txID } = sent.transaction;
    expect(await from.tronWeb.trx.getTransaction(txID)).toMatchObject({
      ret: [{ contractRet: 'SUCCESS' }],
    });
    expect(await net.post('/wallet/gettransactioninfobyid', { value: txID })).toEqual({});
    expect(await net.post('/wallet/gettransactionlistfrompending')).toEqual({ txId: [txID] });
    expect(await net.post('/wallet/getpendingsize')).toEqual({ pendingSize: 1 });
    expect(await from.tronWeb.trx.getUnconfirmedBalance(to.address)).toBe(10_000_000_001);
    net.devnet.step();
    expect(await net.post('/wallet/gettransactioninfobyid', { value: txID })).toMatchObject({
      id: txID,
    });
    expect(await net.post('/wallet/getpendingsize')).toEqual({ pendingSize: 0 });
  });

  test('the solid view follows after the lag, and not before', async () => {
    const from = await net.rich();
    const to = net.person();
    const sent = await from.tronWeb.trx.sendTransaction(to.address, 7_000_000);
    net.devnet.step();
    const { txID } = sent.transaction;
    net.devnet.step(17);
    expect(await from.tronWeb.trx.getAccount(to.address)).toEqual({});
    expect(await from.tronWeb.trx.getTransactionInfo(txID)).toEqual({});
    net.devnet.step();
    expect(await from.tronWeb.trx.getBalance(to.address)).toBe(7_000_000);
    expect(await from.tronWeb.trx.getTransactionInfo(txID)).toMatchObject({ id: txID });
  });

  test('stakes, delegates and takes back', async () => {
    const owner = await net.rich(200_000);
    const receiver = await net.rich(10);
    const build = owner.tronWeb.transactionBuilder;
    await net.execute(owner, await build.freezeBalanceV2(100_000e6, 'ENERGY', owner.address));
    expect(
      await owner.tronWeb.trx.getCanDelegatedMaxSize(owner.address, 'ENERGY', { confirmed: false }),
    ).toEqual({ max_size: 100_000e6 });
    const info = await net.execute(
      owner,
      await build.delegateResource(6_840e6, receiver.address, 'ENERGY', owner.address),
    );
    expect(info).toMatchObject({ contractResult: [''] });
    expect(info).not.toHaveProperty('result');
    expect(info['receipt']).not.toHaveProperty('result');
    const resources = await owner.tronWeb.trx.getAccountResources(receiver.address);
    expect(resources.EnergyLimit).toBe(64_799);
    const pair = { fromAddress: owner.hex, toAddress: receiver.hex };
    expect(await net.post('/wallet/getdelegatedresourcev2', pair)).toEqual({
      delegatedResource: [
        { from: owner.hex, to: receiver.hex, frozen_balance_for_energy: 6_840e6 },
      ],
    });
    expect(
      await owner.tronWeb.trx.getDelegatedResourceAccountIndexV2(owner.address, {
        confirmed: false,
      }),
    ).toMatchObject({ toAccounts: [receiver.hex] });
    expect(await net.account(owner.address)).toMatchObject({
      frozenV2: [{}, { type: 'ENERGY', amount: 93_160e6 }, { type: 'TRON_POWER' }],
      account_resource: { delegated_frozenV2_balance_for_energy: 6_840e6 },
    });
    await net.execute(
      owner,
      await build.undelegateResource(6_840e6, receiver.address, 'ENERGY', owner.address),
    );
    expect(await net.post('/wallet/getdelegatedresourcev2', pair)).toEqual({});
    expect(await net.resources(receiver.address)).not.toHaveProperty('EnergyLimit');
  });

  test('a delegate-only key delegates and can do nothing else', async () => {
    const owner = await net.staker(50_000);
    const hot = net.person();
    const receiver = await net.rich(10);
    const build = owner.tronWeb.transactionBuilder;
    const update = await build.updateAccountPermissions(
      owner.hex,
      {
        type: 0,
        permission_name: 'owner',
        threshold: 1,
        keys: [{ address: owner.hex, weight: 1 }],
      },
      undefined,
      [
        {
          type: 2,
          permission_name: 'delegate',
          threshold: 1,
          operations: `0000000000000006${'0'.repeat(48)}`,
          keys: [{ address: hot.hex, weight: 1 }],
        },
      ],
    );
    expect(await net.execute(owner, update)).toMatchObject({ fee: 100_000_000 });
    const delegation = await build.delegateResource(
      1_000e6,
      receiver.address,
      'ENERGY',
      owner.address,
      false,
      undefined,
      { permissionId: 2 },
    );
    const signed = await hot.tronWeb.trx.multiSign(delegation, hot.key, 2);
    expect(await hot.tronWeb.trx.sendRawTransaction(signed)).toMatchObject({ result: true });
    net.devnet.step();
    expect(await net.resources(receiver.address)).toMatchObject({ EnergyLimit: 9_473 });

    const theft = await build.sendTrx(hot.address, 1_000_000, owner.address, { permissionId: 2 });
    expect(await net.offer(hot, theft)).toMatchObject({
      code: 'SIGERROR',
      message: 'Validate signature error: Permission denied',
    });
    const byOwnerPermission = await build.sendTrx(hot.address, 1_000_000, owner.address);
    const forged = await hot.tronWeb.trx.sign(byOwnerPermission, hot.key, true, true);
    const refused = await hot.tronWeb.trx.sendRawTransaction(forged);
    expect(refused.code).toBe('SIGERROR');
    expect(TronWeb.toUtf8(refused.message)).toContain('it is not contained of permission');
    const unknown = await build.sendTrx(hot.address, 1, owner.address, { permissionId: 5 });
    expect(await net.offer(hot, unknown)).toMatchObject({
      message: "Validate signature error: permission isn't exit",
    });
  });

  test('several signatures add up and cost 1 TRX', async () => {
    const owner = await net.rich(500);
    const second = net.person();
    const to = await net.rich(1);
    const keys = [owner, second].map(({ hex }) => ({ address: hex, weight: 1 }));
    const build = owner.tronWeb.transactionBuilder;
    const operations = `7fff1fc0033efb0f${'0'.repeat(48)}`;
    await net.execute(
      owner,
      await build.updateAccountPermissions(
        owner.hex,
        { type: 0, permission_name: 'owner', threshold: 2, keys },
        undefined,
        [{ type: 2, permission_name: 'both', threshold: 2, operations, keys }],
      ),
    );
    const unsigned = await build.sendTrx(to.address, 1_000_000, owner.address);
    const once = await owner.tronWeb.trx.multiSign(unsigned, owner.key, 0);
    expect(await owner.tronWeb.trx.getSignWeight(once)).toMatchObject({
      current_weight: 1,
      result: { code: 'NOT_ENOUGH_PERMISSION' },
    });
    const early = await owner.tronWeb.trx.sendRawTransaction(structuredClone(once));
    expect(TronWeb.toUtf8(early.message)).toBe('Validate signature error: sig error');
    const twice = await second.tronWeb.trx.multiSign(once, second.key, 0);
    const sent = await second.tronWeb.trx.sendRawTransaction(twice);
    expect(sent.result).toBe(true);
    net.devnet.step();
    const info = await owner.tronWeb.trx.getUnconfirmedTransactionInfo(twice.txID);
    // 334 bytes with two signatures; the permission update has used up the free bandwidth.
    expect(info.receipt.net_fee).toBe(334_000);
    expect(info.fee).toBe(1_334_000);
  });

  test('votes, earns over maintenance periods, and withdraws once a day', async () => {
    const voter = await net.staker(1_000_000);
    const { witnesses } = await net.control('status');
    const [sr = ''] = witnesses as string[];
    const build = voter.tronWeb.transactionBuilder;
    await net.execute(voter, await build.vote({ [sr]: 1_000_000 }, voter.address));
    expect(await net.resources(voter.address)).toMatchObject({ tronPowerUsed: 1_000_000 });
    expect(await net.post('/wallet/getReward', { address: voter.hex })).toEqual({ reward: 0 });
    await net.control('advance', { ms: 21_600_000 });
    net.devnet.step(28);
    expect(await net.post('/wallet/getReward', { address: voter.hex })).toEqual({ reward: 0 });
    await net.control('advance', { ms: 21_600_000 });
    net.devnet.step();
    const { reward } = await net.post('/wallet/getReward', { address: voter.hex });
    // 28 or 29 blocks × (128/27 TRX for votes + 8 TRX about once) × 80 % × 1e6 / (1e9 + 1e6) votes.
    expect(reward).toBeGreaterThan(90_000);
    expect(reward).toBeLessThan(130_000);
    const info = await net.execute(voter, await build.withdrawBlockRewards(voter.address));
    expect(info['withdraw_amount']).toBe(reward);
    const again = await net.offer(voter, await build.withdrawBlockRewards(voter.address));
    expect(again['message']).toMatch(
      /^Contract validate error : The last withdraw time is \d+, less than 24 hours$/,
    );
  });

  test('transfers USDT with its event, and answers constant calls', async () => {
    const from = await net.rich(100, 50);
    const to = await net.rich(1);
    const { transaction } = await from.tronWeb.transactionBuilder.triggerSmartContract(
      usdt,
      'transfer(address,uint256)',
      { feeLimit: 50_000_000 },
      [
        { type: 'address', value: to.address },
        { type: 'uint256', value: 12_000_000 },
      ],
      from.address,
    );
    const info = await net.execute(from, transaction);
    expect(info).toMatchObject({
      contract_address: '41a614f803b6fd780986a42c78ec9c7f77e6ded13c',
      receipt: { result: 'SUCCESS', energy_usage_total: 130_285, energy_fee: 13_028_500 },
      log: [
        {
          address: 'a614f803b6fd780986a42c78ec9c7f77e6ded13c',
          topics: [
            'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
            from.hex.slice(2).padStart(64, '0'),
            to.hex.slice(2).padStart(64, '0'),
          ],
          data: (12_000_000).toString(16).padStart(64, '0'),
        },
      ],
    });
    type Method = (...args: unknown[]) => { call(): Promise<unknown> };
    const contract = from.tronWeb.contract() as { at(address: string): Promise<unknown> };
    const token = (await contract.at(usdt)) as Record<string, Method | undefined>;
    const call = (name: string, ...args: unknown[]): Promise<unknown> | undefined =>
      token[name]?.(...args).call();
    expect(await call('balanceOf', to.address)).toBe(12_000_000n);
    expect(await call('decimals')).toBe(6n);
    expect(await call('symbol')).toBe('USDT');
  });

  test('estimates the energy of a transfer by whether the receiver holds USDT', async () => {
    const from = await net.rich(10, 5);
    const holder = await net.rich(1, 1);
    const fresh = net.person();
    const estimate = (to: string, amount: number): Promise<Json> =>
      from.tronWeb.transactionBuilder.triggerConstantContract(
        usdt,
        'transfer(address,uint256)',
        {},
        [
          { type: 'address', value: to },
          { type: 'uint256', value: amount },
        ],
        from.address,
      ) as unknown as Promise<Json>;
    expect(await estimate(holder.address, 1)).toMatchObject({ energy_used: 64_285 });
    expect(await estimate(fresh.address, 1)).toMatchObject({ energy_used: 130_285 });
    const failing = await net.post('/wallet/triggerconstantcontract', {
      owner_address: fresh.hex,
      contract_address: '41a614f803b6fd780986a42c78ec9c7f77e6ded13c',
      function_selector: 'transfer(address,uint256)',
      parameter: holder.hex.slice(2).padStart(64, '0') + '1'.padStart(64, '0'),
    });
    expect(failing).toMatchObject({
      result: { result: true, message: Buffer.from('REVERT opcode executed').toString('hex') },
      transaction: { ret: [{ ret: 'FAILED' }] },
    });
  });

  test('a contract that pays TRX onwards shows internal transactions', async () => {
    const payer = await net.rich(1_000);
    const first = net.person();
    const second = await net.rich(1);
    const { contracts } = (await net.control('status')) as { contracts: { payout: string } };
    const { transaction } = await payer.tronWeb.transactionBuilder.triggerSmartContract(
      contracts.payout,
      'payMany(address[],uint256[])',
      { feeLimit: 100_000_000, callValue: 30_000_000 },
      [
        { type: 'address[]', value: [first.address, second.address] },
        { type: 'uint256[]', value: [10_000_000, 20_000_000] },
      ],
      payer.address,
    );
    const info = await net.execute(payer, transaction);
    expect(info['internal_transactions']).toMatchObject([
      {
        transferTo_address: first.hex,
        callValueInfo: [{ callValue: 10_000_000 }],
        note: '63616c6c',
      },
      { transferTo_address: second.hex, callValueInfo: [{ callValue: 20_000_000 }] },
    ]);
    expect(await net.account(first.address)).toMatchObject({ balance: 10_000_000 });
    expect(await net.account(second.address)).toMatchObject({ balance: 21_000_000 });
  });

  test('reads blocks, ranges, prices and parameters', async () => {
    const { tronWeb } = net.person();
    const head = await tronWeb.trx.getCurrentBlock();
    const { number } = head.block_header.raw_data;
    const range = await tronWeb.trx.getBlockRange(number - 3, number);
    expect(range.map((block) => block.block_header.raw_data.number)).toEqual([
      number - 3,
      number - 2,
      number - 1,
      number,
    ]);
    range.slice(1).forEach((block, index) => {
      expect(block.block_header.raw_data.parentHash).toBe(range[index]?.blockID);
    });
    const parameters = await tronWeb.trx.getChainParameters();
    expect(parameters).toContainEqual({ key: 'getEnergyFee', value: 100 });
    expect(parameters).toContainEqual({ key: 'getMemoFee', value: 1_000_000 });
    expect(await tronWeb.trx.getEnergyPrices()).toMatch(/:100$/);
    expect(await tronWeb.trx.getBandwidthPrices()).toMatch(/:1000$/);
  });
});
