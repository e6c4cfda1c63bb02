import type { DevnetNode } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catchUp, journal, range, ReadingDesk } from '../testing/reading-desk.ts';
import type { BlockHandler, BlockProof } from './block-handler.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import type { Disagreement } from '../tron/solid-agreement.ts';

let desk: ReadingDesk;
let told: (number | null)[];

const onDisagreement = (disagreement: Disagreement | null): Promise<void> => {
  told.push(disagreement?.number ?? null);
  return Promise.resolve();
};

beforeEach(async () => {
  desk = await ReadingDesk.open();
  told = [];
});

afterEach(() => desk.close());

const solid = (): number => desk.devnet.chain.solid;
const nameOf = ({ url }: { url: string }): string => new URL(url).host;

/** Keeps what was proved of each bunch. */
function proofs(): BlockHandler & { readonly seen: BlockProof[] } {
  const seen: BlockProof[] = [];
  return {
    name: 'proofs',
    seen,
    read: (_em, _blocks, proof) => {
      seen.push(proof);
      return Promise.resolve();
    },
  };
}

describe('two nodes', () => {
  it('have each bunch confirmed by the one that did not serve it', async () => {
    const handler = proofs();
    const reader = desk.readerOf({ handlers: [handler], startAt: 1 });
    await catchUp(reader);
    expect(handler.seen[0]).toEqual({
      servedBy: nameOf(desk.devnet),
      confirmedBy: [nameOf(desk.second)],
      rootsProved: true,
    });
    expect(reader.health()).toMatchObject({ state: 'UP' });
    expect(reader.health().reason).toContain(`confirmed by ${nameOf(desk.second)}`);
  });

  it('that disagree stop the reader at the first such height, until they agree', async () => {
    const handler = journal();
    const reader = desk.readerOf({ handlers: [handler], onDisagreement });
    await reader.readOnce();
    const start = solid();
    desk.devnet.step(30);
    const from = start + 11;
    await desk.fault({ kind: 'forked', from }, [desk.second.url]);
    await desk.nodes.check();
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, from - 1));
    expect(desk.nodes.disagreement()).toMatchObject({ number: from });
    expect(reader.health().state).toBe('DEGRADED');
    expect(reader.health().reason).toContain(`disagree about solid block ${from}`);
    expect(told).toEqual([from]);

    // It is no way out to fall silent: who contradicted us must agree.
    await desk.heal();
    await desk.fault({ kind: 'reset' }, [desk.second.url]);
    await desk.nodes.check();
    await catchUp(reader);
    expect(handler.seen.at(-1)).toBe(from - 1);

    await desk.heal();
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, solid()));
    expect(desk.nodes.disagreement()).toBeNull();
    expect(told).toEqual([from, null]);
  });

  it('stop it too when it is the first of them that is on another branch', async () => {
    const handler = journal();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = solid();
    desk.devnet.step(5);
    await desk.fault({ kind: 'forked', from: start + 3 }, [desk.devnet.url]);
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, start + 2));
    await desk.heal();
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, solid()));
  });

  it('go on sending while they disagree', async () => {
    const reader = desk.readerOf();
    await reader.readOnce();
    desk.devnet.step(5);
    await desk.fault({ kind: 'forked', from: solid() - 1 }, [desk.second.url]);
    await catchUp(reader);
    expect(desk.nodes.disagreement()).not.toBeNull();
    await desk.nodes.check();
    const { node } = await desk.nodes.broadcast('0a00');
    expect(node).not.toBeNull();
  });

  it('have their disagreement seen by a process that reads no blocks, and its end too', async () => {
    await desk.nodes.check();
    expect(desk.nodes.disagreement()).toBeNull();
    await desk.fault({ kind: 'forked', from: solid() - 2 }, [desk.second.url]);
    await desk.nodes.check();
    expect(desk.nodes.disagreement()?.sayings).toHaveLength(2);
    await desk.heal();
    await desk.nodes.check();
    expect(desk.nodes.disagreement()).toBeNull();
  });

  it('of which one lags are waited for; of which one lags far are one', async () => {
    const handler = proofs();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = solid();
    desk.devnet.step(4);
    await desk.fault({ kind: 'stale', blocks: 3 }, [desk.second.url]);
    await desk.nodes.check();
    await catchUp(reader);
    expect(reader.lastBlock()?.number).toBe(start + 1);
    await desk.heal();
    await catchUp(reader);
    expect(reader.lastBlock()?.number).toBe(start + 4);

    desk.devnet.step(4);
    await desk.fault({ kind: 'stale', blocks: 40 }, [desk.second.url]);
    await desk.nodes.check();
    await catchUp(reader);
    expect(reader.lastBlock()?.number).toBe(start + 8);
    expect(handler.seen.at(-1)?.confirmedBy).toEqual([]);
    expect(reader.health()).toMatchObject({ state: 'DEGRADED' });
    expect(reader.health().reason).toContain('no second node confirms it');
  });

  it('of which one is silent are one', async () => {
    const handler = proofs();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    desk.devnet.step(4);
    await desk.fault({ kind: 'reset' }, [desk.second.url]);
    await desk.nodes.check();
    await catchUp(reader);
    expect(reader.lastBlock()?.number).toBe(solid());
    expect(handler.seen.every(({ confirmedBy }) => confirmedBy.length === 0)).toBe(true);
  });
});

describe('three nodes', () => {
  let third: DevnetNode;
  let nodes: TronNodes;

  beforeEach(async () => {
    third = await desk.devnet.addNode();
    nodes = desk.nodesOf(desk.devnet.url, desk.second.url, third.url);
  });

  it.each([0, 1])('set the one aside that two contradict, wherever it stands (%i)', async (bad) => {
    const handler = proofs();
    const reader = desk.readerOf({ nodes, handlers: [handler], onDisagreement });
    await reader.readOnce();
    const start = solid();
    desk.devnet.step(5);
    const forked = [desk.devnet, desk.second][bad];
    await desk.fault({ kind: 'forked', from: start + 2 }, [forked?.url ?? '']);
    while ((reader.lastBlock()?.number ?? 0) < solid()) await reader.readOnce();
    expect(nodes.disagreement()).toBeNull();
    expect(nodes.health()[bad]).toMatchObject({ state: 'DOWN' });
    expect(nodes.health()[bad]?.reason).toContain('not the one that the other nodes have');
    expect(handler.seen.at(-1)?.confirmedBy).toHaveLength(1);
    expect(reader.lastBlock()?.id).toBe(desk.devnet.chain.blockId(solid()));
    const asked: string[] = [];
    await nodes.read((node) => {
      asked.push(node.name);
      return node.header('head');
    });
    expect(asked).not.toContain(nameOf(forked ?? desk.second));

    await desk.heal();
    await nodes.check();
    expect(nodes.health()[bad]).toMatchObject({ state: 'UP' });
  });
});
