import { type Devnet, type DevnetNode, startDevnet } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { defaultSettings } from '../settings/read-settings.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { TronNode } from '../tron/node-client.ts';
import { TronNodes } from '../tron/node-pool.ts';
import { SalesGate } from './sales-gate.ts';

let devnet: Devnet;
let second: DevnetNode;
let nodes: TronNodes;
let gate: SalesGate;
let sellInDisagreement = false;

/** Shows the time of the newest block, and what is added to it. */
let lateMs = 0;
let elapsedMs = 0;
const clock: Clock = {
  ...systemClock,
  now: () => new Date(devnet.chain.head.timestamp + lateMs),
  monotonic: () => elapsedMs,
};

async function fault(url: string, body: object | null): Promise<void> {
  await fetch(`${url}/devnet/faults`, {
    method: body === null ? 'DELETE' : 'POST',
    body: JSON.stringify(body ?? {}),
  });
}

beforeEach(async () => {
  [lateMs, elapsedMs, sellInDisagreement] = [0, 0, false];
  devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 18 });
  second = await devnet.addNode();
  devnet.step(60);
  nodes = new TronNodes({
    nodes: [devnet.url, second.url].map((url) => new TronNode({ url, clock, timeoutMs: 2_000 })),
    chainId: null,
    clock,
    random: systemRandom,
  });
  const settings = {
    recent: () => ({
      values: { ...defaultSettings.values, 'chain.sellInDisagreement': sellInDisagreement },
    }),
  } as unknown as SettingsStore;
  gate = new SalesGate(
    {
      network: 'local',
      explorer: null,
      energyPerTrx: () => null,
      parametersReadAt: () => null,
      nodes,
    },
    settings,
    clock,
    { recentRefusal: () => undefined },
  );
  await nodes.check();
});

afterEach(async () => {
  await nodes.stop();
  await devnet.stop();
});

describe('sales', () => {
  it('are open on a chain in good health', () => {
    expect(gate.closedBecause()).toBeUndefined();
  });

  it('pause while no block comes, and go on with the next', async () => {
    lateMs = 30_000;
    await nodes.check();
    expect(gate.closedBecause()).toBeUndefined();
    lateMs = 31_000;
    await nodes.check();
    expect(gate.closedBecause()).toBe('the newest block is 31 seconds old');
    devnet.step();
    lateMs = 0;
    await nodes.check();
    expect(gate.closedBecause()).toBeUndefined();
  });

  it('pause while blocks do not become solid, and go on when they do', async () => {
    for (const { url } of [devnet, second]) {
      await fault(url, { kind: 'stale', blocks: 37, path: '/walletsolidity/*' });
    }
    await nodes.check();
    expect(gate.closedBecause()).toBe('the last 55 blocks are not solid');
    for (const { url } of [devnet, second]) await fault(url, null);
    await nodes.check();
    expect(gate.closedBecause()).toBeUndefined();
  });

  it('pause while no node answers, and go on when one does', async () => {
    for (const { url } of [devnet, second]) await fault(url, { kind: 'reset' });
    await nodes.check();
    expect(gate.closedBecause()).toBe('no TRON node answers');
    await fault(second.url, null);
    await nodes.check();
    expect(gate.closedBecause()).toBeUndefined();
  });

  it('pause while nodes disagree, unless told otherwise, and go on when they agree', async () => {
    const { solid } = devnet.chain;
    await fault(second.url, { kind: 'forked', from: solid - 3 });
    await nodes.check();
    expect(gate.closedBecause()).toBe(`the TRON nodes disagree about block ${solid}`);
    sellInDisagreement = true;
    expect(gate.closedBecause()).toBeUndefined();
    sellInDisagreement = false;
    await fault(second.url, null);
    await nodes.check();
    expect(gate.closedBecause()).toBeUndefined();
  });
});
