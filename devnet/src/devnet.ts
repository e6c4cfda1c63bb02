import { MemoryArchive } from './archive/memory-archive.ts';
import { DiskArchive } from './archive/disk-archive.ts';
import { Chain } from './chain/chain.ts';
import type { Clock } from './clock.ts';
import { Control } from './control/control.ts';
import { Faults } from './faults/faults.ts';
import { Node } from './http/node.ts';
import { openFront } from './http/server.ts';
import type { Front } from './http/server.ts';
import { Producer } from './producer.ts';
import { mainnetParameters } from './rules/parameters.ts';
import type { Parameters } from './rules/parameters.ts';
import { systemClock, systemRandom } from './system.ts';

export { faultKinds, isOfBroadcasts } from './faults/faults.ts';

/** How a local network is started; every option has a default. */
export interface DevnetOptions {
  /** 0 = any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Folder of the chain; absent = in memory. */
  readonly dataDir?: string;
  /** ms between blocks (default 3,000), or `manual`: only by `step`. */
  readonly blockMs?: number | 'manual';
  /** Blocks that a block waits for solidity (default 18: 19 of 27 representatives). */
  readonly solidLag?: number;
  /** ms: time of the first head block of a new chain; default now. */
  readonly genesisTime?: number;
  readonly clock?: Clock;
  /** Numbers in [0, 1): decides about faults with a probability. */
  readonly random?: () => number;
  readonly parameters?: Partial<Parameters>;
  /** Transactions that wait at most before SERVER_BUSY (default 2,000). */
  readonly maxPending?: number;
  /**
   * Whether block headers carry their witness's signature (default); a simulation makes blocks by the
   * thousand, and nobody in it looks at them.
   */
  readonly signBlocks?: boolean;
}

/** One more node of the same network. */
export interface DevnetNode {
  readonly url: string;
  readonly node: Node;
  stop(): Promise<void>;
}

/** A running local network. */
export interface Devnet extends DevnetNode {
  readonly chain: Chain;
  readonly producer: Producer;
  /** Makes blocks now, in any mode. */
  step(blocks?: number): void;
  /** Opens one more HTTP front on the same chain, with its own faults. */
  addNode(options?: { readonly port?: number }): Promise<DevnetNode>;
}

/** A chain without any socket or timer: for simulations on a virtual clock. */
export interface LocalChain {
  readonly chain: Chain;
  /** One more node that answers about this chain, with its own faults. */
  readonly newNode: () => Node;
  /** Answers the control endpoints (`/devnet/…`) of one of its nodes; blocks come only by `step`. */
  readonly controlOf: (node: Node) => Control;
  readonly close: () => void;
}

/** Opens a chain. Throws when the folder cannot be written or is in use. */
export function openChain(options: DevnetOptions = {}): LocalChain {
  const clock = options.clock ?? systemClock;
  const chain = new Chain({
    archive: options.dataDir === undefined ? new MemoryArchive() : new DiskArchive(options.dataDir),
    parameters: { ...mainnetParameters, ...options.parameters },
    solidLag: options.solidLag ?? 18,
    genesisTime: options.genesisTime ?? clock.now(),
    signBlocks: options.signBlocks ?? true,
  });
  const producer = new Producer(chain, clock, 'manual');
  const context = { chain, maxPending: options.maxPending ?? 2_000, now: () => clock.now() };
  return {
    chain,
    newNode: () => new Node(context, new Faults(options.random ?? systemRandom)),
    controlOf: (node) => new Control(node, producer),
    close: () => {
      chain.close();
    },
  };
}

/**
 * Starts a local TRON network. Rejects with the system's error when the port is taken or the
 * folder cannot be written.
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const clock = options.clock ?? systemClock;
  const host = options.host ?? '127.0.0.1';
  const { chain, newNode, close } = openChain(options);
  const node = newNode();
  const producer = new Producer(chain, clock, 'manual');

  const openNode = async (served: Node, port: number): Promise<Front> => {
    const control = new Control(served, producer);
    const answer = (method: string, path: string, body: unknown) =>
      path === '/devnet' || path.startsWith('/devnet/')
        ? control.answer(method, path, body)
        : served.answer(path, body);
    return openFront(answer, clock, port, host);
  };

  let front: Front;
  try {
    front = await openNode(node, options.port ?? 0);
  } catch (error) {
    close();
    throw error;
  }
  producer.pace(options.blockMs ?? 3_000);
  const fronts: Front[] = [front];
  return {
    url: front.url,
    node,
    chain,
    producer,
    step: (blocks = 1) => {
      producer.step(blocks);
    },
    addNode: async ({ port = 0 } = {}) => {
      const extra = newNode();
      const opened = await openNode(extra, port);
      fronts.push(opened);
      return { url: opened.url, node: extra, stop: () => opened.stop() };
    },
    stop: async () => {
      producer.stop();
      await Promise.all(fronts.map((opened) => opened.stop()));
      close();
    },
  };
}
