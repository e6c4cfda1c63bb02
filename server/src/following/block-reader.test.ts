import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { catchUp, journal, range, ReadingDesk } from '../testing/reading-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { addressOfKey } from '../chain/address.ts';
import type { BlockHandler } from './block-handler.ts';
import type { BlockReaderOptions } from './block-reader.ts';

const someone = addressOfKey('33'.repeat(32));

let desk: ReadingDesk;

beforeEach(async () => {
  desk = await ReadingDesk.open();
});

afterEach(() => desk.close());

describe('reading solid blocks', () => {
  it('begins after the solid head and hands each block over once, in order', async () => {
    const handler = journal();
    const committed: number[] = [];
    const onCommitted: BlockReaderOptions['onCommitted'] = (blocks) => {
      committed.push(...blocks.map(({ number }) => number));
    };
    const reader = desk.readerOf({ handlers: [handler], onCommitted });
    const start = desk.devnet.chain.solid;
    expect(await reader.readOnce()).toBe(0);
    expect(reader.lastBlock()?.number).toBe(start);
    for (let block = 0; block < 3; block += 1) {
      desk.devnet.step();
      expect(await reader.readOnce()).toBe(1);
      expect(await reader.readOnce()).toBe(0);
    }
    expect(handler.seen).toEqual(range(start + 1, start + 3));
    expect(committed).toEqual(handler.seen);
    expect(await desk.storedNumbers()).toEqual(range(start, start + 3));
    expect(reader.lastBlock()).toMatchObject({
      number: desk.devnet.chain.solid,
      id: desk.devnet.chain.blockId(desk.devnet.chain.solid),
    });
    expect(reader.health().state).toBe('UP');
  });

  it('begins with any block, and catches up in bunches of up to 100', async () => {
    desk.devnet.step(250);
    const handler = journal();
    const sizes: number[] = [];
    const measuring: BlockHandler = {
      name: 'measuring',
      read: (_em, blocks) => {
        sizes.push(blocks.length);
        return Promise.resolve();
      },
    };
    const reader = desk.readerOf({ handlers: [handler, measuring], startAt: 5 });
    await catchUp(reader);
    expect(handler.seen).toEqual(range(5, desk.devnet.chain.solid));
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.length).toBeLessThan(5);
  });

  it('goes on after a restart where the last one came to', async () => {
    const [first, later] = [journal(), journal()];
    await catchUp(desk.readerOf({ handlers: [first], startAt: 1 }));
    desk.devnet.step(7);
    await catchUp(desk.readerOf({ handlers: [later], startAt: 1 }));
    expect([...first.seen, ...later.seen]).toEqual(range(1, desk.devnet.chain.solid));
  });

  it('hands over what is in the blocks', async () => {
    const reader = desk.readerOf({
      handlers: [
        {
          name: 'deposits',
          read: (_em, blocks) => {
            for (const { transactions } of blocks) {
              for (const { kind, value, succeeded } of transactions)
                found.push({ kind, value, succeeded });
            }
            return Promise.resolve();
          },
        },
      ],
    });
    const found: unknown[] = [];
    await reader.readOnce();
    const body = JSON.stringify({ address: someone, sun: '7000000', usdt: '9' });
    await fetch(`${desk.devnet.url}/devnet/fund`, { method: 'POST', body });
    desk.devnet.step(5);
    await catchUp(reader);
    expect(found).toMatchObject([
      { kind: 'TransferContract', succeeded: true, value: { to: someone, amountSun: 7_000_000n } },
      { kind: 'TriggerSmartContract', succeeded: true, value: { callValueSun: 0n } },
    ]);
  });

  it('undoes headers, cursor and every handler together when one fails', async () => {
    const start = desk.devnet.chain.solid;
    let failing = true;
    const writing: BlockHandler = {
      name: 'writing',
      read: async (em, blocks) => {
        for (const { number } of blocks) await mark(em, `seen-${number}`);
      },
    };
    const failingHandler: BlockHandler = {
      name: 'failing',
      read: () => (failing ? Promise.reject(new Error('not this one')) : Promise.resolve()),
    };
    const reader = desk.readerOf({ handlers: [writing, failingHandler] });
    await reader.readOnce();
    desk.devnet.step(2);
    await expect(reader.readOnce()).rejects.toThrow('not this one');
    expect(await desk.storedNumbers()).toEqual([start]);
    expect(await marks()).toEqual([]);
    failing = false;
    await catchUp(reader);
    expect(await desk.storedNumbers()).toEqual(range(start, start + 2));
    expect(await marks()).toEqual([`seen-${start + 1}`, `seen-${start + 2}`]);
  });

  it('lets any number of instances take turns, each block handled exactly once', async () => {
    desk.devnet.step(300);
    const committed: BlockHandler = {
      name: 'committed',
      read: async (em, blocks) => {
        // A second time would break the primary key and so the transaction.
        for (const { number } of blocks) await mark(em, `once-${number}`);
      },
    };
    const readers = [1, 2, 3, 4].map(() => {
      const nodes = desk.nodesOf(desk.devnet.url);
      return desk.readerOf({ nodes, handlers: [committed], startAt: 1 });
    });
    await Promise.all(
      readers.map(async (reader) => {
        while ((reader.lastBlock()?.number ?? 0) < desk.devnet.chain.solid) await reader.readOnce();
      }),
    );
    const seen = (await marks()).filter((name) => name.startsWith('once-'));
    expect(seen).toHaveLength(desk.devnet.chain.solid);
    expect(await desk.storedNumbers()).toEqual(range(0, desk.devnet.chain.solid));
  });

  it('reads by itself when started, and at once when woken', async () => {
    const handler = journal();
    const reader = desk.readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = desk.devnet.chain.solid;
    reader.start();
    desk.devnet.producer.pace(30);
    await waitUntil('ten blocks are read', () => handler.seen.length >= 10);
    desk.devnet.producer.pace('manual');
    await waitUntil('the last block is read', () => {
      reader.wake();
      return reader.lastBlock()?.number === desk.devnet.chain.solid;
    });
    await reader.stop();
    expect(handler.seen).toEqual(range(start + 1, desk.devnet.chain.solid));
  });
});

/** Writes a row that vanishes with its transaction and can be there only once. */
async function mark(em: EntityManager, name: string): Promise<void> {
  await execute(em, `insert into chain_cursors (name, number, id, time_ms) values ($1, 0, '', 0)`, [
    name,
  ]);
}

async function marks(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    desk.database.read(),
    `select name from chain_cursors where name like '%-%' order by name`,
  );
  return rows.map(({ name }) => name);
}
