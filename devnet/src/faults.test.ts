import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalNetwork, hexOf } from './testing/local-network.ts';
import type { Json, Person } from './testing/local-network.ts';

let net: LocalNetwork;
let payer: Person;
let to: Person;

beforeAll(async () => {
  net = await LocalNetwork.start();
  payer = await net.rich(1_000_000);
  to = await net.rich(1);
});
afterAll(() => net.stop());

let nonce = 0;

/** A signed transfer nobody has seen yet. */
async function transfer(): Promise<{ txid: string; hex: string }> {
  const reference = await payer.tronWeb.trx.getCurrentRefBlockParams();
  nonce += 1;
  const unsigned = await payer.tronWeb.transactionBuilder.sendTrx(
    to.address,
    nonce,
    payer.address,
    {
      blockHeader: { ...reference, timestamp: reference.timestamp + nonce },
    },
  );
  const signed = await payer.tronWeb.trx.sign(unsigned);
  return { txid: signed.txID, hex: hexOf(signed) };
}

const fault = (kind: string, more: object = {}): Promise<Json> =>
  net.control('faults', { kind, count: 1, ...more });

const offer = (hex: string): Promise<Json> =>
  net.post('/wallet/broadcasthex', { transaction: hex });

const included = async (txid: string): Promise<boolean> => {
  net.devnet.step();
  return 'id' in (await net.post('/wallet/gettransactioninfobyid', { value: txid }));
};

describe('faults of a node', () => {
  test.each([
    ['server-busy', 'SERVER_BUSY', false],
    ['dup', 'DUP_TRANSACTION_ERROR', false],
    ['other-error', 'OTHER_ERROR', false],
    ['unknown-code', 'QUANTUM_FLUX', false],
    ['false-expired', 'TRANSACTION_EXPIRATION_ERROR', true],
    ['p2p-failed', 'NOT_ENOUGH_EFFECTIVE_CONNECTION', true],
    ['never-included', 'SUCCESS', false],
  ])('%s answers %s, and the transaction lands: %s', async (kind, code, lands) => {
    await fault(kind);
    const { txid, hex } = await transfer();
    expect((await offer(hex))['code']).toBe(code);
    expect(await included(txid)).toBe(lands);
    if (!lands) expect((await offer(hex))['code']).toBe('SUCCESS');
  });

  test('other-error can take the transaction all the same', async () => {
    await fault('other-error', { accepted: true });
    const { txid, hex } = await transfer();
    expect((await offer(hex))['code']).toBe('OTHER_ERROR');
    expect(await included(txid)).toBe(true);
  });

  test.each([
    ['timeout-accepted', true],
    ['timeout-dropped', false],
  ])('%s gives no answer, and the transaction lands: %s', async (kind, lands) => {
    await fault(kind);
    const { txid, hex } = await transfer();
    const abort = new AbortController();
    const answer = fetch(`${net.url}/wallet/broadcasthex`, {
      method: 'POST',
      body: JSON.stringify({ transaction: hex }),
      signal: abort.signal,
    });
    const outcome = answer.then(
      () => 'answered',
      () => 'aborted',
    );
    await expect.poll(async () => (await net.control('status'))['faults']).toEqual([]);
    abort.abort();
    expect(await outcome).toBe('aborted');
    expect(await included(txid)).toBe(lands);
  });

  test('proxies, garbage and silence', async () => {
    const raw = (path = '/wallet/getnowblock'): Promise<Response> => fetch(net.url + path);
    await fault('http-429');
    expect((await raw()).status).toBe(429);
    await fault('http-503');
    expect((await raw()).status).toBe(503);
    await fault('garbage');
    await expect((await raw()).json()).rejects.toThrow();
    await fault('huge', { bytes: 1_000_000 });
    expect((await (await raw()).text()).length).toBeGreaterThan(1_000_000);
    await fault('lack-of-resources');
    expect(await (await raw()).json()).toEqual({
      Error: 'class java.lang.IllegalAccessException : lack of computing resources',
    });
    await fault('reset');
    await expect(raw()).rejects.toThrow();
    await fault('slow', { ms: 20 });
    expect((await raw()).status).toBe(200);
    expect((await raw()).status).toBe(200);
  });

  test('strikes only the paths it names, and until cleared', async () => {
    await net.control('faults', { kind: 'http-503', path: '/walletsolidity/*' });
    expect((await fetch(`${net.url}/wallet/getnowblock`)).status).toBe(200);
    expect((await fetch(`${net.url}/walletsolidity/getnowblock`)).status).toBe(503);
    expect((await fetch(`${net.url}/walletsolidity/getnowblock`)).status).toBe(503);
    await fetch(`${net.url}/devnet/faults`, { method: 'DELETE' });
    expect((await fetch(`${net.url}/walletsolidity/getnowblock`)).status).toBe(200);
    await expect(net.control('faults', { kind: 'nonsense' })).rejects.toThrow(
      'kind must be one of',
    );
  });

  test('the same seed strikes the same requests', async () => {
    const run = async (): Promise<number[]> => {
      let seed = 7;
      const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
      const seeded = await LocalNetwork.start({ random });
      await seeded.control('faults', { kind: 'http-503', probability: 0.5 });
      const seen: number[] = [];
      for (let index = 0; index < 20; index++) {
        seen.push((await fetch(`${seeded.url}/wallet/getnowblock`)).status);
      }
      await seeded.stop();
      return seen;
    };
    const first = await run();
    expect(first).toContain(503);
    expect(first).toContain(200);
    expect(await run()).toEqual(first);
  });

  test('two nodes of one network disagree: one stale, one on another chain', async () => {
    const second = await net.devnet.addNode();
    const third = await net.devnet.addNode();
    const watched = net.person();
    await net.control('fund', { address: watched.address, sun: 5_000_000 });
    net.devnet.step();
    await net.control('faults', { kind: 'stale', blocks: 10 }, second.url);
    await net.control('faults', { kind: 'wrong-chain' }, third.url);
    const head = async (url: string): Promise<{ number: number; id: string }> => {
      const block = (await net.post('/wallet/getnowblock', {}, url)) as {
        blockID: string;
        block_header: { raw_data: { number: number } };
      };
      return { number: block.block_header.raw_data.number, id: block.blockID };
    };
    const here = await head(net.url);
    expect((await head(second.url)).number).toBe(here.number - 10);
    expect(await net.post('/wallet/getaccount', { address: watched.hex }, second.url)).toEqual({});
    expect(await net.post('/wallet/getaccount', { address: watched.hex })).toMatchObject({
      balance: 5_000_000,
    });
    const genesis = (url: string): Promise<Json> =>
      net.post('/wallet/getblockbynum', { num: 0 }, url);
    expect((await genesis(third.url))['blockID']).not.toBe((await genesis(net.url))['blockID']);
    expect((await head(third.url)).id).not.toBe(here.id);
    await second.stop();
    await third.stop();
  });
});

describe('forks of unsolid blocks', () => {
  const ids = (first: number, last: number): (string | undefined)[] =>
    Array.from({ length: last - first + 1 }, (_, index) => net.devnet.chain.blockId(first + index));

  test('replace blocks, and bring their transactions back', async () => {
    const { txid, hex } = await transfer();
    await offer(hex);
    expect(await included(txid)).toBe(true);
    const balance = async (): Promise<unknown> => (await net.account(to.address))['balance'];
    const paid = await balance();
    net.devnet.step(4);
    const { number } = net.devnet.chain.head;
    const before = ids(number - 5, number);
    expect(await net.control('fork', { depth: 5 })).toMatchObject({ depth: 5, head: { number } });
    const after = ids(number - 5, number);
    expect(after[0]).toBe(before[0]);
    after.slice(1).forEach((id, index) => {
      expect(id).not.toBe(before[index + 1]);
    });
    expect(await net.post('/wallet/gettransactioninfobyid', { value: txid })).toEqual({});
    expect(await balance()).toBe(paid);
    expect(await included(txid)).toBe(true);
    expect(await balance()).toBe(paid);
  });

  test('let transactions vanish when told, and never touch solid blocks', async () => {
    const { txid, hex } = await transfer();
    const balance = async (): Promise<unknown> => (await net.account(to.address))['balance'];
    const unpaid = await balance();
    await offer(hex);
    expect(await included(txid)).toBe(true);
    expect(await balance()).not.toBe(unpaid);
    await net.control('fork', { depth: 1, drop: true });
    expect(await included(txid)).toBe(false);
    expect(await balance()).toBe(unpaid);
    const { solid } = net.devnet.chain;
    const kept = net.devnet.chain.blockId(solid);
    expect(await net.control('fork', { depth: 1_000 })).toMatchObject({ depth: 18 });
    expect(net.devnet.chain.blockId(solid)).toBe(kept);
  });
});

test('the record tells every movement of an owner in order', async () => {
  const owner = await net.staker(10_000);
  const receiver = await net.rich(1);
  const build = owner.tronWeb.transactionBuilder;
  await net.execute(
    owner,
    await build.delegateResource(7e6, receiver.address, 'ENERGY', owner.address),
  );
  await net.execute(
    owner,
    await build.undelegateResource(3e6, receiver.address, 'ENERGY', owner.address),
  );
  await net.execute(owner, await build.sendTrx(receiver.address, 5, owner.address));
  const { entries } = (await net.control('record', { owners: [owner.address] })) as {
    entries: Json[];
  };
  const movement = { owner: owner.hex, receiver: receiver.hex };
  expect(entries).toMatchObject([
    { kind: 'delegate', amount: '7000000', resource: 'ENERGY', ...movement },
    { kind: 'undelegate', amount: '3000000', resource: 'ENERGY', ...movement },
    { kind: 'transfer', amount: '5', ...movement },
  ]);
});
