import { type Devnet, startDevnet } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { addressOfKey } from '../chain/address.ts';
import type { ChainBlock } from '../chain/block.ts';
import { HeadFollower } from './head-follower.ts';
import { TronNode } from '../tron/node-client.ts';
import { TronNodes } from '../tron/node-pool.ts';

const someone = addressOfKey('33'.repeat(32));

let devnet: Devnet;
let nodes: TronNodes;
let follower: HeadFollower;
/** What a listener believes the head chain to be, from what it was told. */
let believed: ChainBlock[];
let told: { added: number[]; removed: number[] }[];

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 5 });
  const clock = systemClock;
  nodes = new TronNodes({
    nodes: [new TronNode({ url: devnet.url, clock, timeoutMs: 5_000 })],
    chainId: null,
    clock,
    random: systemRandom,
  });
  believed = [];
  told = [];
  follower = new HeadFollower({
    nodes,
    clock,
    onBlocks: (blocks) => {
      believed.push(...blocks);
      told.push({ added: blocks.map(({ number }) => number), removed: [] });
    },
    onFork: (removed) => {
      for (const block of removed) expect(believed.pop()?.id).toBe(block.id);
      told.push({ added: [], removed: removed.map(({ number }) => number) });
    },
  });
  devnet.step(10);
});

afterEach(async () => {
  await follower.stop();
  await nodes.stop();
  await devnet.stop();
});

async function fork(depth: number): Promise<void> {
  const body = JSON.stringify({ depth, drop: true });
  await fetch(`${devnet.url}/devnet/fork`, { method: 'POST', body });
}

async function fund(): Promise<void> {
  const body = JSON.stringify({ address: someone, sun: '5000000' });
  await fetch(`${devnet.url}/devnet/fund`, { method: 'POST', body });
}

/** The listener's chain is the node's, without a gap and without a block twice. */
function expectAgreement(): void {
  for (const block of believed) expect(devnet.chain.blockId(block.number)).toBe(block.id);
  const numbers = believed.map(({ number }) => number);
  const first = numbers[0] ?? 0;
  expect(numbers).toEqual(numbers.map((_number, index) => first + index));
  expect(believed.at(-1)?.id).toBe(devnet.chain.head.id);
}

describe('the head follower', () => {
  it('begins after the solid block and announces each block once', async () => {
    const { solid, head } = devnet.chain;
    expect(await follower.followOnce()).toBe(head.number - solid);
    expect(believed[0]?.number).toBe(solid + 1);
    expect(await follower.followOnce()).toBe(0);
    devnet.step();
    expect(await follower.followOnce()).toBe(1);
    expectAgreement();
    expect(follower.tip()?.id).toBe(devnet.chain.head.id);
  });

  it('shows what is in a block', async () => {
    await follower.followOnce();
    await fund();
    devnet.step();
    await follower.followOnce();
    expect(believed.at(-1)?.transactions).toMatchObject([
      { kind: 'TransferContract', value: { to: someone, amountSun: 5_000_000n } },
    ]);
  });

  it('fetches the blocks that it missed', async () => {
    await follower.followOnce();
    devnet.step(40);
    expect(await follower.followOnce()).toBe(40);
    expectAgreement();
  });

  it('leaves to the block reader what became solid while it was away', async () => {
    await follower.followOnce();
    const tip = follower.tip()?.number ?? 0;
    devnet.step(300);
    const { solid, head } = devnet.chain;
    expect(await follower.followOnce()).toBe(head.number - solid);
    expect(told.at(-1)).toEqual({ added: range(solid + 1, head.number), removed: [] });
    expect(solid).toBeGreaterThan(tip);
    devnet.step();
    expect(await follower.followOnce()).toBe(1);
  });

  it('takes back after a long absence what was forked away meanwhile', async () => {
    await follower.followOnce();
    const tip = follower.tip()?.number ?? 0;
    await fork(2);
    devnet.step(300);
    await follower.followOnce();
    const { solid, head } = devnet.chain;
    expect(told.slice(-2)).toEqual([
      { added: [], removed: [tip, tip - 1] },
      { added: range(solid + 1, head.number), removed: [] },
    ]);
  });

  it('takes back what a fork removed, newest first, then announces the new branch', async () => {
    await follower.followOnce();
    await fund();
    devnet.step(3);
    await follower.followOnce();
    const before = devnet.chain.head.number;
    told = [];
    await fork(3);
    devnet.step(4);
    await follower.followOnce();
    const after = devnet.chain.head.number;
    expect(told).toEqual([
      { added: [], removed: [before, before - 1, before - 2] },
      { added: range(before - 2, after), removed: [] },
    ]);
    expectAgreement();
  });

  it('follows any run of blocks and forks', async () => {
    await follower.followOnce();
    for (const depth of [1, 2, 4, 1, 3, 4, 2]) {
      await fork(depth);
      devnet.step(depth + 1);
      await follower.followOnce();
      expectAgreement();
      devnet.step(depth);
      await follower.followOnce();
      expectAgreement();
    }
  });

  it('is not led back by a node that lags', async () => {
    await follower.followOnce();
    const tip = follower.tip();
    const body = JSON.stringify({ kind: 'stale', blocks: 3 });
    await fetch(`${devnet.url}/devnet/faults`, { method: 'POST', body });
    expect(await follower.followOnce()).toBe(0);
    expect(follower.tip()).toEqual(tip);
  });

  it('announces again what a listener could not take', async () => {
    let failing = true;
    const heard: number[] = [];
    const shaky = new HeadFollower({
      nodes,
      clock: systemClock,
      onBlocks: (blocks) => {
        if (failing) throw new Error('not now');
        heard.push(...blocks.map(({ number }) => number));
      },
      onFork: () => undefined,
    });
    await expect(shaky.followOnce()).rejects.toThrow('not now');
    failing = false;
    await shaky.followOnce();
    expect(heard).toEqual(range(devnet.chain.solid + 1, devnet.chain.head.number));
  });

  it('follows by itself when started', async () => {
    follower.start();
    devnet.producer.pace(50);
    const goal = devnet.chain.head.number + 10;
    await waitUntil('ten blocks are seen', () => (follower.tip()?.number ?? 0) >= goal);
    devnet.producer.pace('manual');
    await waitUntil('the head is seen', () => follower.tip()?.id === devnet.chain.head.id);
    await follower.stop();
    expectAgreement();
    expect(follower.health().state).toBe('UP');
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
