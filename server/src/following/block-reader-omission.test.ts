import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catchUp, ReadingDesk } from '../testing/reading-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { addressOfKey } from '../chain/address.ts';
import type { BlockHandler, BlockProof } from './block-handler.ts';
import type { BlockReader } from './block-reader.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';

let desk: ReadingDesk;
let reader: BlockReader;
let found: { readonly txid: string; readonly succeeded: boolean }[];
let proofs: BlockProof[];

const keeping: BlockHandler = {
  name: 'transactions',
  read: (_em, blocks, proof) => {
    found.push(...blocks.flatMap(({ transactions }) => [...transactions]));
    proofs.push(proof);
    return Promise.resolve();
  },
};

beforeEach(async () => {
  desk = await ReadingDesk.open();
  [found, proofs] = [[], []];
  reader = desk.readerOf({ handlers: [keeping] });
  await reader.readOnce();
  const address = addressOfKey('44'.repeat(32));
  await fetch(`${desk.devnet.url}/devnet/fund`, {
    method: 'POST',
    body: JSON.stringify({ address, sun: '7000000', usdt: '9' }),
  });
  desk.devnet.step(5);
});

afterEach(() => desk.close());

const host = (url: string): string => new URL(url).host;

describe.each(['omit-transaction', 'change-result'])('a node that does %s', (kind) => {
  it('has another asked, and is set aside with the reason', async () => {
    await desk.nodes.check();
    await desk.fault({ kind }, [desk.devnet.url]);
    await catchUp(reader);
    expect(found).toHaveLength(2);
    expect(found.every(({ succeeded }) => succeeded)).toBe(true);
    expect(proofs.at(-1)?.servedBy).toBe(host(desk.second.url));
    expect(desk.nodes.health()[0]).toMatchObject({ state: 'DEGRADED' });
    expect(desk.nodes.health()[0]?.reason).toMatch(/not proved by its header/);
  });

  it('stops the reader where there is no other, until it tells the truth', async () => {
    const alone = desk.nodesOf(desk.devnet.url);
    const lonely = desk.readerOf({ nodes: alone });
    await desk.fault({ kind }, [desk.devnet.url]);
    for (let turn = 0; turn < 8; turn += 1) {
      const outcome: unknown = await lonely.readOnce().catch((error: unknown) => error);
      if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(ChainUnavailable);
    }
    const { solid } = desk.devnet.chain;
    expect(lonely.lastBlock()?.number).toBeLessThan(solid - 1);
    await desk.heal();
    await catchUp(lonely);
    expect(lonely.lastBlock()?.number).toBe(solid);
  });
});

it.each(['omit-transaction', 'change-result'])(
  'two nodes that both do %s are not believed: the block is waited for, and read whole at last',
  async (kind) => {
    await desk.fault({ kind });
    const target = desk.devnet.chain.solid;
    for (let turn = 0; turn < 30; turn += 1) {
      const outcome: unknown = await reader.readOnce().catch((error: unknown) => error);
      if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(ChainUnavailable);
    }
    expect(reader.lastBlock()?.number).toBeLessThan(target);
    expect(found).toEqual([]);
    await desk.heal();
    await catchUp(reader);
    expect(found).toHaveLength(2);
    expect(found.every(({ succeeded }) => succeeded)).toBe(true);
    expect(proofs.every(({ rootsProved }) => rootsProved)).toBe(true);
  },
);

it('while it waits for such a block, it says which one it is and what may be done', async () => {
  await desk.fault({ kind: 'change-result' });
  reader.start();
  await waitUntil('it says so', () =>
    /solid block \d+ so that its header/.test(reader.health().reason),
  );
  expect(reader.health().reason).toContain('chain.nodesForUnprovenBlock');
  expect(reader.health().state).toBe('DEGRADED');
  await reader.stop();
});

it('a block that no header proves passes when the setting trusts so many, and is marked', async () => {
  reader = desk.readerOf({ handlers: [keeping], nodesForUnproven: () => Promise.resolve(2) });
  await desk.fault({ kind: 'change-result' });
  const target = desk.devnet.chain.solid;
  for (let turn = 0; turn < 30 && reader.lastBlock()?.number !== target; turn += 1) {
    await reader.readOnce().catch((error: unknown) => {
      expect(error).toBeInstanceOf(ChainUnavailable);
    });
  }
  expect(reader.lastBlock()?.number).toBe(target);
  expect(found).toHaveLength(2);
  expect(proofs.filter(({ rootsProved }) => !rootsProved)).toHaveLength(1);
  expect(reader.health()).toMatchObject({ state: 'DEGRADED' });
  expect(reader.health().reason).toMatch(/not proved by its header/);
});

it('a block that no header proves does not pass when nodes tell it differently', async () => {
  reader = desk.readerOf({ handlers: [keeping], nodesForUnproven: () => Promise.resolve(2) });
  await desk.fault({ kind: 'change-result' }, [desk.devnet.url]);
  await desk.fault({ kind: 'omit-transaction' }, [desk.second.url]);
  const before = desk.devnet.chain.solid;
  for (let turn = 0; turn < 12; turn += 1) {
    await reader.readOnce().catch((error: unknown) => {
      expect(error).toBeInstanceOf(ChainUnavailable);
    });
  }
  expect(reader.lastBlock()?.number).toBeLessThan(before);
  expect(found).toEqual([]);
});
