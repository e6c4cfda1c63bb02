import { type Devnet, type DevnetNode, startDevnet } from '@energy-desk/devnet';
import { Database } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import type { BlockHandler } from '../following/block-handler.ts';
import { BlockReader, type BlockReaderOptions } from '../following/block-reader.ts';
import { TronNode } from '../tron/node-client.ts';
import { TronNodes } from '../tron/node-pool.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A local network of two nodes, stepped by hand, and a database for what is read from it. */
export class ReadingDesk {
  readonly database: Database;
  readonly devnet: Devnet;
  readonly second: DevnetNode;
  readonly nodes: TronNodes;
  readonly #home: TestDatabase;
  readonly #pools: TronNodes[] = [];

  private constructor(home: TestDatabase, database: Database, devnet: Devnet, second: DevnetNode) {
    this.#home = home;
    this.database = database;
    this.devnet = devnet;
    this.second = second;
    this.nodes = this.nodesOf(devnet.url, second.url);
  }

  static async open(): Promise<ReadingDesk> {
    const home = await createTestDatabase();
    const database = await Database.connect({
      url: home.url,
      poolSize: 8,
      entities: [],
      clock: systemClock,
      random: systemRandom,
    });
    const devnet = await startDevnet({ port: 0, blockMs: 'manual', solidLag: 3 });
    devnet.step(20);
    return new ReadingDesk(home, database, devnet, await devnet.addNode());
  }

  async close(): Promise<void> {
    for (const pool of this.#pools) await pool.stop();
    await this.devnet.stop();
    await this.database.close();
    await this.#home.drop();
  }

  /** Closed with the desk. */
  nodesOf(...urls: string[]): TronNodes {
    const nodes = new TronNodes({
      nodes: urls.map((url) => new TronNode({ url, clock: systemClock, timeoutMs: 5_000 })),
      chainId: null,
      clock: systemClock,
      random: systemRandom,
    });
    this.#pools.push(nodes);
    return nodes;
  }

  readerOf(options: Partial<BlockReaderOptions> = {}): BlockReader {
    return new BlockReader({
      database: this.database,
      nodes: this.nodes,
      clock: systemClock,
      name: 'solid',
      handlers: [],
      startAt: 'solid-head',
      ...options,
    });
  }

  /** Sets a fault on both nodes, or on one. */
  async fault(body: object, urls = [this.devnet.url, this.second.url]): Promise<void> {
    for (const url of urls) {
      await fetch(`${url}/devnet/faults`, { method: 'POST', body: JSON.stringify(body) });
    }
  }

  async heal(): Promise<void> {
    for (const { url } of [this.devnet, this.second]) {
      await fetch(`${url}/devnet/faults`, { method: 'DELETE', body: '{}' });
    }
  }

  async write(sql: string, parameters: readonly unknown[] = []): Promise<void> {
    await this.database.transaction(system('test'), (em) => execute(em, sql, parameters));
  }

  /** Heights of our own chain of solid headers. */
  async storedNumbers(): Promise<number[]> {
    const sql = 'select number from solid_blocks order by number';
    const rows = await query<{ number: bigint }>(this.database.read(), sql);
    return rows.map(({ number }) => Number(number));
  }
}

/** A handler that keeps the heights it is given, rolled back or not. */
export function journal(): BlockHandler & { readonly seen: number[] } {
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

export async function catchUp(reader: BlockReader): Promise<void> {
  while ((await reader.readOnce()) > 0);
}

/** Whole numbers, both ends included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
