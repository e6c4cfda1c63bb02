import { type Devnet, startDevnet } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { ChainParametersReader } from './chain-parameters.ts';
import { TronNode } from './node-client.ts';
import { TronNodes } from './node-pool.ts';
import { ChainUnavailable } from './tron.errors.ts';

let devnet: Devnet;
let nodes: TronNodes;

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 2 });
  devnet.step(3);
  const clock = systemClock;
  nodes = new TronNodes({
    nodes: [new TronNode({ url: devnet.url, clock, timeoutMs: 5_000 })],
    chainId: null,
    clock,
    random: systemRandom,
  });
});

afterEach(async () => {
  await nodes.stop();
  await devnet.stop();
});

describe("the chain's parameters", () => {
  it('are read without any account of ours, and kept with their age', async () => {
    const reader = new ChainParametersReader({ nodes, clock: systemClock });
    expect(reader.ageMs()).toBeNull();
    expect(() => reader.current()).toThrow(ChainUnavailable);
    await reader.refresh();
    const parameters = reader.current();
    expect(parameters).toMatchObject({
      energyPriceSun: 100n,
      bandwidthPriceSun: 1_000n,
      energyRatio: { totalLimit: 180_000_000_000n },
    });
    expect(parameters.energyRatio.totalWeight).toBeGreaterThan(10_000_000_000n);
    expect(parameters.byName.get('getEnergyFee')).toBe(100n);
    expect(reader.ageMs()).toBeGreaterThanOrEqual(0);
  });

  it('stay as they were when the node fails', async () => {
    const reader = new ChainParametersReader({ nodes, clock: systemClock });
    const first = await reader.refresh();
    const body = JSON.stringify({ kind: 'garbage' });
    await fetch(`${devnet.url}/devnet/faults`, { method: 'POST', body });
    await expect(reader.refresh()).rejects.toBeInstanceOf(ChainUnavailable);
    expect(reader.current()).toBe(first);
  });
});
