import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sign } from './crypto/keys.ts';
import { LocalNetwork } from './testing/local-network.ts';
import type { Json, Person } from './testing/local-network.ts';

let net: LocalNetwork;
let contracts: { usdt: string; fakeUsdt: string; payout: string };

beforeAll(async () => {
  net = await LocalNetwork.start();
  ({ contracts } = (await net.control('status')) as { contracts: typeof contracts });
});
afterAll(() => net.stop());

const transferTopic = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

async function run(
  person: Person,
  contract: string,
  name: string,
  args: [string, unknown][],
): Promise<Json> {
  const { transaction } = await person.tronWeb.transactionBuilder.triggerSmartContract(
    contract,
    name,
    { feeLimit: 100_000_000 },
    args.map(([type, value]) => ({ type, value })),
    person.address,
  );
  return net.execute(person, transaction);
}

const words = (...people: Person[]): string[] =>
  people.map(({ hex }) => hex.slice(2).padStart(64, '0'));

describe('USDT that arrives by other ways than transfer', () => {
  test("transferFrom moves the holder's tokens, within the allowance", async () => {
    const holder = await net.rich(100, 50);
    const spender = await net.rich(100);
    const to = await net.rich(1, 1);
    await run(holder, contracts.usdt, 'approve(address,uint256)', [
      ['address', spender.address],
      ['uint256', 10_000_000],
    ]);
    const move = (amount: number): Promise<Json> =>
      run(spender, contracts.usdt, 'transferFrom(address,address,uint256)', [
        ['address', holder.address],
        ['address', to.address],
        ['uint256', amount],
      ]);
    const info = await move(10_000_000);
    expect(info['log']).toMatchObject([{ topics: [transferTopic, ...words(holder, to)] }]);
    expect(await move(1)).toMatchObject({ result: 'FAILED', receipt: { result: 'REVERT' } });
  });

  test('a contract sends it on: the outer contract is another one', async () => {
    const caller = await net.rich(100);
    const to = net.person();
    await net.control('fund', { address: contracts.payout, usdt: 9_000_000 });
    net.devnet.step();
    const info = await run(caller, contracts.payout, 'payToken(address,address,uint256)', [
      ['address', contracts.usdt],
      ['address', to.address],
      ['uint256', 4_000_000],
    ]);
    expect(info['log']).toMatchObject([
      {
        address: 'a614f803b6fd780986a42c78ec9c7f77e6ded13c',
        data: (4e6).toString(16).padStart(64, '0'),
      },
    ]);
    expect(await net.account(to.address)).toEqual({});
    const { entries } = (await net.control('record', { owners: [contracts.payout] })) as {
      entries: Json[];
    };
    expect(entries).toMatchObject([{ kind: 'usdt', receiver: to.hex, amount: '4000000' }]);
  });

  test('a token that only calls itself USDT has another address in its event', async () => {
    const to = await net.rich(1);
    await net.control('fund', { address: to.address, fakeUsdt: 5_000_000 });
    net.devnet.step();
    const { number: num } = net.devnet.chain.head;
    const infos = await net.post('/wallet/gettransactioninfobyblocknum', { num });
    expect(infos).toMatchObject([
      { log: [{ address: 'fa4e00000000000000000000000000000000fa4e' }] },
    ]);
  });

  test('a failed payout changes nothing and shows its internal transactions as rejected', async () => {
    const caller = await net.rich(100);
    const to = await net.rich(1);
    const info = await run(caller, contracts.payout, 'pay(address,uint256)', [
      ['address', to.address],
      ['uint256', 10 ** 12],
    ]);
    expect(info).toMatchObject({
      result: 'FAILED',
      internal_transactions: [{ transferTo_address: to.hex, rejected: true }],
    });
    expect(await net.account(to.address)).toMatchObject({ balance: 1_000_000 });
  });
});

test('a transaction built by the node in visible form is taken in the same form', async () => {
  const from = await net.rich(10);
  const to = await net.rich(1);
  const built = await net.post('/wallet/createtransaction', {
    owner_address: from.address,
    to_address: to.address,
    amount: 3_000_000,
    visible: true,
  });
  expect(built).toMatchObject({
    visible: true,
    raw_data: { contract: [{ parameter: { value: { to_address: to.address } } }] },
  });
  const signature = [sign(from.key, Buffer.from(String(built['raw_data_hex']), 'hex'))];
  expect(await net.post('/wallet/broadcasttransaction', { ...built, signature })).toEqual({
    result: true,
    txid: built['txID'],
  });
  net.devnet.step();
  const { number: num } = net.devnet.chain.head;
  const shown = (await net.post('/wallet/getblockbynum', { num, visible: true })) as {
    transactions: { raw_data: { contract: { parameter: { value: object } }[] } }[];
  };
  expect(shown.transactions[0]?.raw_data.contract[0]?.parameter.value).toEqual({
    owner_address: from.address,
    to_address: to.address,
    amount: 3_000_000,
  });
  const refused = await net.post('/wallet/createtransaction', {
    owner_address: from.address,
    to_address: from.address,
    amount: 1,
    visible: true,
  });
  expect(refused).toEqual({
    Error:
      'class org.tron.core.exception.ContractValidateException : Cannot transfer TRX to yourself.',
  });
});
