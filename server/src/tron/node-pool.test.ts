import { type Devnet, type DevnetNode, startDevnet } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { TronNode } from './node-client.ts';
import { TronNodes } from './node-pool.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import { ChainUnavailable } from './tron.errors.ts';

const KEY = '22'.repeat(32);
const owner = addressOfKey(KEY);
const receiver = addressOfKey('33'.repeat(32));

let devnet: Devnet;
let second: DevnetNode;
let nodes: TronNodes;

/** Real waits, but durations only pass when a test says so. */
let elapsedMs = 0;
const clock: Clock = { ...systemClock, monotonic: () => elapsedMs };

async function control(url: string, name: string, body: object, method = 'POST'): Promise<void> {
  const response = await fetch(`${url}/devnet/${name}`, { method, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(await response.text());
}

function nodesOf(urls: string[], chainId: string | null = null): TronNodes {
  return new TronNodes({
    nodes: urls.map(
      (url) => new TronNode({ url, clock, timeoutMs: 2_000, maxBodyBytes: 1_000_000 }),
    ),
    chainId,
    clock,
    random: systemRandom,
  });
}

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 4 });
  second = await devnet.addNode();
  devnet.step(120);
  nodes = nodesOf([devnet.url, second.url]);
});

afterEach(async () => {
  await nodes.stop();
  await devnet.stop();
});

function states(): string[] {
  return nodes.health().map(({ state }) => state);
}

describe('the nodes', () => {
  it('tell their heights, and the chain clock the best of them', async () => {
    expect(states()).toEqual(['DOWN', 'DOWN']);
    expect(nodes.chainClock()).toEqual({ head: null, solid: null });
    await nodes.check();
    const { head, solid } = nodes.chainClock();
    expect(head?.number).toBe(devnet.chain.head.number);
    expect(head?.id).toBe(devnet.chain.head.id);
    expect(solid?.number).toBe(devnet.chain.solid);
    expect(nodes.health()[0]).toMatchObject({ lag: 0, name: new URL(devnet.url).host });
    expect(nodes.chainId()).toBe(devnet.chain.blockId(0));
  });

  it.each(['garbage', 'huge', 'http-429', 'http-503', 'reset', 'lack-of-resources', 'slow'])(
    'answer although the first does %s',
    async (kind) => {
      await nodes.check();
      await control(devnet.url, 'faults', { kind, ms: 60_000 });
      const asked: string[] = [];
      const header = await nodes.read((node) => {
        asked.push(node.name);
        return node.header('head');
      });
      expect(header.number).toBe(devnet.chain.head.number);
      expect(asked).toEqual([devnet.url, second.url].map((url) => new URL(url).host));
      // For a while the second is asked first.
      await nodes.read((node) => {
        asked.push(node.name);
        return node.header('solid');
      });
      expect(asked.at(-1)).toBe(new URL(second.url).host);
      expect(asked).toHaveLength(3);
      elapsedMs += 5_000;
      await control(devnet.url, 'faults', {}, 'DELETE');
      await nodes.read((node) => {
        asked.push(node.name);
        return node.header('solid');
      });
      expect(asked.at(-1)).toBe(new URL(devnet.url).host);
    },
  );

  it('give up with everything that was said when none answers', async () => {
    await control(devnet.url, 'faults', { kind: 'garbage' });
    await control(second.url, 'faults', { kind: 'http-503' });
    const error: unknown = await nodes.newestHeader('head').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChainUnavailable);
    expect(error).toMatchObject({ code: 'CHAIN_UNAVAILABLE', retryable: true });
    const kinds = (error as ChainUnavailable).faults.map(({ kind }) => kind);
    expect(kinds).toEqual(['garbage', 'rate-limited', 'garbage', 'rate-limited']);
    await nodes.check();
    expect(states()).toEqual(['DOWN', 'DOWN']);
    expect(nodes.health()[1]?.reason).toMatch(/does not answer: .*503/);
  });

  it('are asked again when they have recovered', async () => {
    await control(devnet.url, 'faults', { kind: 'reset' });
    await nodes.check();
    expect(states()[0]).toBe('DOWN');
    await control(devnet.url, 'faults', {}, 'DELETE');
    await nodes.check();
    expect(states()[0]).not.toBe('DOWN');
  });

  it('set a stale one aside, with the reason', async () => {
    await control(devnet.url, 'faults', { kind: 'stale', blocks: 100 });
    await nodes.check();
    expect(nodes.health()[0]).toMatchObject({
      state: 'DEGRADED',
      reason: 'It is 100 blocks behind the best node.',
      lag: 100,
    });
    await expect(nodes.newestHeader('head')).resolves.toMatchObject({
      number: devnet.chain.head.number,
    });
  });

  it('never use one of another network, not even as the last', async () => {
    await nodes.check();
    await control(second.url, 'faults', { kind: 'wrong-chain' });
    const strict = nodesOf([second.url, devnet.url], devnet.chain.blockId(0));
    await strict.check();
    expect(strict.health()[0]).toMatchObject({ state: 'DOWN' });
    expect(strict.health()[0]?.reason).toMatch(/another network/);
    const { node } = await strict.broadcast('0a00');
    expect(node).toBe(new URL(devnet.url).host);
    const asked: string[] = [];
    await strict.read((asking) => {
      asked.push(asking.name);
      return asking.header('head');
    });
    expect(asked).toEqual([new URL(devnet.url).host]);
    await strict.stop();

    const lost = nodesOf([devnet.url], '00'.repeat(32));
    await expect(lost.newestHeader('head')).rejects.toBeInstanceOf(ChainUnavailable);
    await expect(lost.broadcast('0a00')).resolves.toMatchObject({
      node: null,
      answer: { kind: 'busy', code: 'NO_NODE', mayLand: false },
    });
    await lost.stop();
  });

  it('pass errors on that are no fault of a node', async () => {
    await expect(
      nodes.read(() => Promise.reject(new TypeError('our own mistake'))),
    ).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a broadcast', () => {
  async function signed(): Promise<string> {
    const refBlock = await nodes.newestHeader('solid');
    const head = await nodes.newestHeader('head');
    const { rawDataHex } = buildTransaction(
      { kind: 'delegate', owner, receiver, amountSun: 1_000_000_000n, resource: 'ENERGY' },
      {
        refBlock,
        expirationMs: head.timeMs + 60_000,
        timestampMs: head.timeMs,
        permissionId: 0,
      },
    );
    return signTransaction(rawDataHex, KEY).signedHex;
  }

  async function stake(): Promise<void> {
    await control(devnet.url, 'fund', { address: owner, sun: '20000000000' });
    await control(devnet.url, 'fund', { address: receiver, sun: '1000000' });
    devnet.step();
    await control(devnet.url, 'stake', { address: owner, sun: '10000000000' });
    devnet.step(6);
  }

  it('of a delegation lands, and delegates', async () => {
    await stake();
    const hex = await signed();
    await expect(nodes.broadcast(hex)).resolves.toMatchObject({ answer: { kind: 'accepted' } });
    await expect(nodes.broadcast(hex)).resolves.toMatchObject({ answer: { kind: 'duplicate' } });
    devnet.step();
    await nodes.read(async (node) => {
      const block = await node.nowBlock('head');
      const found = block.transactions.find((transaction) => transaction.owner === owner);
      expect(found).toMatchObject({
        succeeded: true,
        value: { kind: 'DelegateResourceContract', receiver, amountSun: 1_000_000_000n },
      });
      const info = await node.transactionInfo('head', found?.txid ?? '');
      expect(info).toMatchObject({ blockNumber: block.number, succeeded: true });
      expect(await node.transactionInfo('solid', found?.txid ?? '')).toBeNull();
      expect(await node.transactionInfosOfBlock('head', block.number)).toEqual([info]);
      expect(await node.delegatedResource('head', owner, receiver)).toMatchObject([
        { energySun: 1_000_000_000n, energyLockedUntilMs: 0 },
      ]);
      expect(await node.delegatedIndex('head', owner)).toEqual({ from: [], to: [receiver] });
      expect(await node.account('head', owner)).toMatchObject({
        frozen: { energy: 9_000_000_000n },
        delegatedOut: { energy: 1_000_000_000n },
      });
      expect(await node.canDelegateMaxSize('head', owner, 'ENERGY')).toBe(9_000_000_000n);
    });
  });

  it('goes to each node in turn, and not to one to avoid unless it is alone', async () => {
    await nodes.check();
    const name = (url: string): string => new URL(url).host;
    const [one, two] = [name(devnet.url), name(second.url)];
    const hex = await signed();
    const used = new Set<string | null>();
    for (let turn = 0; turn < 2; turn += 1) used.add((await nodes.broadcast(hex)).node);
    expect(used).toEqual(new Set([one, two]));
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await nodes.broadcast(hex, { avoid: [one] })).node).toBe(two);
    }
    expect((await nodes.broadcast(hex, { avoid: [one, two] })).node).not.toBeNull();
  });

  it.each([
    ['server-busy', 'busy', false],
    ['dup', 'duplicate', true],
    ['other-error', 'unknown', true],
    ['unknown-code', 'unknown', true],
    ['false-expired', 'refused', false],
    ['p2p-failed', 'unknown', true],
    ['timeout-accepted', 'unknown', true],
    ['timeout-dropped', 'unknown', true],
    ['never-included', 'accepted', true],
    ['garbage', 'unknown', true],
    ['huge', 'unknown', true],
    ['http-503', 'unknown', true],
    ['reset', 'unknown', true],
  ])('that meets %s is %s', async (kind, answer, mayLand) => {
    await stake();
    const hex = await signed();
    await control(devnet.url, 'faults', { kind, path: '/wallet/broadcasthex' });
    await control(second.url, 'faults', { kind, path: '/wallet/broadcasthex' });
    await expect(nodes.broadcast(hex)).resolves.toMatchObject({
      answer: { kind: answer, mayLand },
    });
  });
});
