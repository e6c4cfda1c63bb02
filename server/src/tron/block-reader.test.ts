import { type Devnet, type DevnetNode, startDevnet } from '@energy-desk/devnet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { addressOfKey } from './address.ts';
import { type BlockHandler, BlockReader, type BlockReaderOptions } from './block-reader.ts';
import { DivergedChain } from './chain-cursor.ts';
import { TronNode } from './node-client.ts';
import { TronNodes } from './node-pool.ts';
import { ChainUnavailable } from './tron.errors.ts';

const someone = addressOfKey('33'.repeat(32));
const clock = systemClock;

let home: TestDatabase;
let database: Database;
let devnet: Devnet;
let second: DevnetNode;
let nodes: TronNodes;
const extraNodes: TronNodes[] = [];

beforeAll(async () => {
  home = await createTestDatabase();
  const options = { url: home.url, poolSize: 8, entities: [], clock, random: systemRandom };
  database = await Database.connect(options);
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 3 });
  second = await devnet.addNode();
  devnet.step(20);
  nodes = nodesOf(devnet.url, second.url);
  await database.transaction(system('test'), async (em) => {
    await execute(em, 'delete from chain_cursors');
    await execute(em, 'delete from solid_blocks');
  });
});

afterEach(async () => {
  await nodes.stop();
  for (const pool of extraNodes.splice(0)) await pool.stop();
  await devnet.stop();
});

function nodesOf(...urls: string[]): TronNodes {
  return new TronNodes({
    nodes: urls.map((url) => new TronNode({ url, clock, timeoutMs: 5_000 })),
    chainId: null,
    clock,
    random: systemRandom,
  });
}

async function fault(url: string, body: object): Promise<void> {
  await fetch(`${url}/devnet/faults`, { method: 'POST', body: JSON.stringify(body) });
}

async function heal(url: string): Promise<void> {
  await fetch(`${url}/devnet/faults`, { method: 'DELETE', body: '{}' });
}

/** A handler that writes down what it is given, where a rollback takes it back. */
function journal(): BlockHandler & { readonly seen: number[] } {
  const seen: number[] = [];
  return {
    name: 'journal',
    seen,
    read: (_em, blocks) => {
      seen.push(...blocks.map(({ number }) => number));
      return Promise.resolve();
    },
  };
}

function readerOf(options: Partial<BlockReaderOptions> = {}): BlockReader {
  return new BlockReader({
    database,
    nodes,
    clock,
    name: 'solid',
    handlers: [],
    startAt: 'solid-head',
    ...options,
  });
}

async function storedNumbers(): Promise<number[]> {
  const rows = await query<{ number: bigint }>(
    database.read(),
    'select number from solid_blocks order by number',
  );
  return rows.map(({ number }) => Number(number));
}

async function catchUp(reader: BlockReader): Promise<void> {
  while ((await reader.readOnce()) > 0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('reading solid blocks', () => {
  it('begins after the solid head and hands each block over once, in order', async () => {
    const handler = journal();
    const reader = readerOf({ handlers: [handler] });
    const start = devnet.chain.solid;
    expect(await reader.readOnce()).toBe(0);
    expect(reader.lastBlock()?.number).toBe(start);
    for (let block = 0; block < 3; block += 1) {
      devnet.step();
      expect(await reader.readOnce()).toBe(1);
      expect(await reader.readOnce()).toBe(0);
    }
    expect(handler.seen).toEqual(range(start + 1, start + 3));
    expect(await storedNumbers()).toEqual(range(start, start + 3));
    expect(reader.lastBlock()).toMatchObject({
      number: devnet.chain.solid,
      id: devnet.chain.blockId(devnet.chain.solid),
    });
    expect(reader.health().state).toBe('UP');
  });

  it('begins with any block, and catches up in bunches of up to 100', async () => {
    devnet.step(250);
    const handler = journal();
    const sizes: number[] = [];
    const measuring: BlockHandler = {
      name: 'measuring',
      read: (_em, blocks) => {
        sizes.push(blocks.length);
        return Promise.resolve();
      },
    };
    const reader = readerOf({ handlers: [handler, measuring], startAt: 5 });
    await catchUp(reader);
    expect(handler.seen).toEqual(range(5, devnet.chain.solid));
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.length).toBeLessThan(5);
  });

  it('goes on after a restart where the last one came to', async () => {
    const [first, later] = [journal(), journal()];
    await catchUp(readerOf({ handlers: [first], startAt: 1 }));
    devnet.step(7);
    await catchUp(readerOf({ handlers: [later], startAt: 1 }));
    expect([...first.seen, ...later.seen]).toEqual(range(1, devnet.chain.solid));
  });

  it('hands over what is in the blocks', async () => {
    const reader = readerOf({
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
    await fetch(`${devnet.url}/devnet/fund`, { method: 'POST', body });
    devnet.step(5);
    await catchUp(reader);
    expect(found).toMatchObject([
      { kind: 'TransferContract', succeeded: true, value: { to: someone, amountSun: 7_000_000n } },
      { kind: 'TriggerSmartContract', succeeded: true, value: { callValueSun: 0n } },
    ]);
  });

  it('undoes headers, cursor and every handler together when one fails', async () => {
    const start = devnet.chain.solid;
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
    const reader = readerOf({ handlers: [writing, failingHandler] });
    await reader.readOnce();
    devnet.step(2);
    await expect(reader.readOnce()).rejects.toThrow('not this one');
    expect(await storedNumbers()).toEqual([start]);
    expect(await marks()).toEqual([]);
    failing = false;
    await catchUp(reader);
    expect(await storedNumbers()).toEqual(range(start, start + 2));
    expect(await marks()).toEqual([`seen-${start + 1}`, `seen-${start + 2}`]);
  });

  it('lets any number of instances take turns, each block handled exactly once', async () => {
    devnet.step(300);
    const committed: BlockHandler = {
      name: 'committed',
      read: async (em, blocks) => {
        // A second time would break the primary key and so the transaction.
        for (const { number } of blocks) await mark(em, `once-${number}`);
      },
    };
    const readers = [1, 2, 3, 4].map(() => {
      const pool = nodesOf(devnet.url);
      extraNodes.push(pool);
      return readerOf({ nodes: pool, handlers: [committed], startAt: 1 });
    });
    await Promise.all(
      readers.map(async (reader) => {
        while ((reader.lastBlock()?.number ?? 0) < devnet.chain.solid) await reader.readOnce();
      }),
    );
    const seen = (await marks()).filter((name) => name.startsWith('once-'));
    expect(seen).toHaveLength(devnet.chain.solid);
    expect(await storedNumbers()).toEqual(range(0, devnet.chain.solid));
  });

  it('reads by itself when started, and at once when woken', async () => {
    const handler = journal();
    const reader = readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = devnet.chain.solid;
    reader.start();
    devnet.producer.pace(30);
    await waitFor(() => handler.seen.length >= 10);
    devnet.producer.pace('manual');
    await waitFor(() => {
      reader.wake();
      return reader.lastBlock()?.number === devnet.chain.solid;
    });
    await reader.stop();
    expect(handler.seen).toEqual(range(start + 1, devnet.chain.solid));
  });
});

describe('nodes that fail the reader', () => {
  it('have the next one asked when a block is not there yet', async () => {
    const handler = journal();
    const reader = readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = devnet.chain.solid;
    await nodes.check();
    devnet.step(5);
    await nodes.newestHeader('solid');
    await fault(devnet.url, { kind: 'stale', blocks: 5 });
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, devnet.chain.solid));
  });

  it('never make it skip a height: it waits until the block is there', async () => {
    const handler = journal();
    const reader = readerOf({ handlers: [handler] });
    await reader.readOnce();
    const start = devnet.chain.solid;
    await nodes.check();
    devnet.step(5);
    await nodes.newestHeader('solid');
    for (const { url } of [devnet, second]) {
      await fault(url, { kind: 'stale', blocks: 5, path: '/walletsolidity/getblockby*' });
    }
    await expect(reader.readOnce()).rejects.toBeInstanceOf(ChainUnavailable);
    expect(handler.seen).toEqual([]);
    for (const { url } of [devnet, second]) await heal(url);
    await catchUp(reader);
    expect(handler.seen).toEqual(range(start + 1, devnet.chain.solid));
  });

  it.each(['garbage', 'huge', 'http-503', 'reset', 'lack-of-resources'])(
    'with %s leave everything as it is, and it goes on afterwards',
    async (kind) => {
      const handler = journal();
      const reader = readerOf({ handlers: [handler] });
      await reader.readOnce();
      const start = devnet.chain.solid;
      devnet.step(3);
      for (const { url } of [devnet, second]) await fault(url, { kind, bytes: 60_000_000 });
      await expect(reader.readOnce()).rejects.toBeInstanceOf(ChainUnavailable);
      expect(await storedNumbers()).toEqual([start]);
      for (const { url } of [devnet, second]) await heal(url);
      await catchUp(reader);
      expect(handler.seen).toEqual(range(start + 1, start + 3));
    },
  );

  it('by contradicting our chain stop it, loudly, when all of them do', async () => {
    const handler = journal();
    const reported: unknown[] = [];
    const reader = readerOf({ handlers: [handler], report: (error) => reported.push(error) });
    await reader.readOnce();
    const last = devnet.chain.solid;
    await database.transaction(system('test'), (em) =>
      execute(em, 'update chain_cursors set id = $1', ['ab'.repeat(32)]),
    );
    devnet.step(3);
    const restarted = readerOf({ handlers: [handler], report: (error) => reported.push(error) });
    restarted.start();
    await waitFor(() => restarted.health().state === 'DOWN');
    await restarted.stop();
    expect(restarted.health().reason).toMatch(
      new RegExp(`contradicts our solid block ${last} .*abab.*stopped`),
    );
    expect(handler.seen).toEqual([]);
    expect(reported).toHaveLength(1);
    await expect(restarted.readOnce()).rejects.toBeInstanceOf(DivergedChain);
  });

  it('by contradicting our stored headers stop it too', async () => {
    const reader = readerOf();
    await reader.readOnce();
    devnet.step(3);
    await database.transaction(system('test'), (em) =>
      execute(em, 'insert into solid_blocks values ($1, $2, $2, 0)', [
        devnet.chain.solid,
        'ab'.repeat(32),
      ]),
    );
    await expect(reader.readOnce()).rejects.toBeInstanceOf(DivergedChain);
  });

  it('lose to one that agrees with us', async () => {
    const other = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 3, genesisTime: 9e11 });
    try {
      other.step(40);
      const handler = journal();
      const reader = readerOf({ handlers: [handler] });
      await reader.readOnce();
      const start = devnet.chain.solid;
      devnet.step(2);
      // The same block 0, another history: what a node that was led astray looks like.
      expect(other.chain.blockId(start + 1)).not.toBe(devnet.chain.blockId(start + 1));
      const mixed = nodesOf(other.url, devnet.url);
      extraNodes.push(mixed);
      const sameGenesis = other.chain.blockId(0) === devnet.chain.blockId(0);
      expect(sameGenesis).toBe(true);
      const restarted = readerOf({ nodes: mixed, handlers: [handler] });
      while ((restarted.lastBlock()?.number ?? 0) < devnet.chain.solid) {
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

/** Writes a row that vanishes with its transaction and can be there only once. */
async function mark(em: EntityManager, name: string): Promise<void> {
  await execute(em, `insert into chain_cursors (name, number, id, time_ms) values ($1, 0, '', 0)`, [
    name,
  ]);
}

async function marks(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    database.read(),
    `select name from chain_cursors where name like '%-%' order by name`,
  );
  return rows.map(({ name }) => name);
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
