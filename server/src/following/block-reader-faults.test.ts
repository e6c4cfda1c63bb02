import { startDevnet } from '@energy-desk/devnet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catchUp, journal, range, ReadingDesk } from '../testing/reading-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { DivergedChain } from './chain-cursor.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';

let desk: ReadingDesk;

beforeEach(async () => {
  desk = await ReadingDesk.open();
});

afterEach(() => desk.close());

describe('nodes that fail the reader', () => {
  it('have the next one asked when a block is not there yet', async () => {
    const handler = journal();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = desk.devnet.chain.solid;
    await desk.nodes.check();
    desk.devnet.step(5);
    await desk.nodes.newestHeader('solid');
    await desk.fault({ kind: 'stale', blocks: 5 }, [desk.devnet.url]);
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, desk.devnet.chain.solid));
  });

  it('never make it skip a height: it waits until the block is there', async () => {
    const handler = journal();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = desk.devnet.chain.solid;
    await desk.nodes.check();
    desk.devnet.step(5);
    await desk.nodes.newestHeader('solid');
    await desk.fault({ kind: 'stale', blocks: 5, path: '/walletsolidity/getblockby*' });
    await expect(reader.readOnce()).rejects.toBeInstanceOf(ChainUnavailable);
    expect(handler.seen).toEqual([]);
    await desk.heal();
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, desk.devnet.chain.solid));
  });

  it.each(['garbage', 'huge', 'http-503', 'reset', 'lack-of-resources'])(
    'with %s leave everything as it is, and it goes on afterwards',
    async (kind) => {
      const handler = journal();
      const reader = desk.readerOf({ handlers: [handler] });
      await reader.readOnce();
      const start = desk.devnet.chain.solid;
      desk.devnet.step(3);
      await desk.fault({ kind, bytes: 60_000_000 });
      await expect(reader.readOnce()).rejects.toBeInstanceOf(ChainUnavailable);
      expect(await desk.storedNumbers()).toEqual([start]);
      await desk.heal();
      await catchUp(reader);
      expect(handler.seen).toEqual(range(start + 1, start + 3));
    },
  );

  it('by contradicting our chain stop it, loudly, when all of them do', async () => {
    const handler = journal();
    const reported: unknown[] = [];
    const reader = desk.readerOf({ handlers: [handler], report: (error) => reported.push(error) });
    await reader.readOnce();
    const last = desk.devnet.chain.solid;
    await desk.write('update chain_cursors set id = $1', ['ab'.repeat(32)]);
    desk.devnet.step(3);
    const restarted = desk.readerOf({
      handlers: [handler],
      report: (error) => reported.push(error),
    });
    restarted.start();
    await waitUntil('the reader has stopped', () => restarted.health().state === 'DOWN');
    await restarted.stop();
    expect(restarted.health().reason).toMatch(
      new RegExp(`contradicts our solid block ${last} .*abab.*stopped`),
    );
    expect(handler.seen).toEqual([]);
    expect(reported).toHaveLength(1);
    await expect(restarted.readOnce()).rejects.toBeInstanceOf(DivergedChain);
  });

  it('by contradicting our stored headers stop it too', async () => {
    const reader = desk.readerOf();
    await reader.readOnce();
    desk.devnet.step(3);
    await desk.write('insert into solid_blocks values ($1, $2, $2, 0)', [
      desk.devnet.chain.solid,
      'ab'.repeat(32),
    ]);
    await expect(reader.readOnce()).rejects.toBeInstanceOf(DivergedChain);
  });

  it('lose to one that agrees with us', async () => {
    const other = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 3, genesisTime: 9e11 });
    try {
      other.step(40);
      const handler = journal();
      const reader = desk.readerOf({ handlers: [handler] });
      await reader.readOnce();
      const start = desk.devnet.chain.solid;
      desk.devnet.step(2);
      // The same block 0, another history: what a node that was led astray looks like.
      expect(other.chain.blockId(start + 1)).not.toBe(desk.devnet.chain.blockId(start + 1));
      const mixed = desk.nodesOf(other.url, desk.devnet.url, desk.second.url);
      const sameGenesis = other.chain.blockId(0) === desk.devnet.chain.blockId(0);
      expect(sameGenesis).toBe(true);
      const restarted = desk.readerOf({ nodes: mixed, handlers: [handler] });
      while ((restarted.lastBlock()?.number ?? 0) < desk.devnet.chain.solid) {
        await restarted.readOnce().catch((error: unknown) => {
          expect(error).toBeInstanceOf(ChainUnavailable);
        });
      }
      expect(handler.seen).toEqual(range(start + 1, start + 2));
    } finally {
      await other.stop();
    }
  });
});
