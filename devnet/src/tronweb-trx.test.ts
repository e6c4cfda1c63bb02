import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork } from './testing/local-network.ts';

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
