import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, LocalNetwork } from './testing/local-network.ts';

const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
let net: LocalNetwork;

beforeAll(async () => {
  net = await LocalNetwork.start();
});
afterAll(() => net.stop());

describe('tronweb against the local network', () => {
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
});
