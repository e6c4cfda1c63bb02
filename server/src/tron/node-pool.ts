import type { Clock } from '../kernel/clock.ts';
import { delay } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { BlockHeader, View } from '../chain/block.ts';
import type { BroadcastAnswer } from './broadcast-answer.ts';
import { Loop } from '../kernel/loop.ts';
import { NOT_SENT, type TronNode } from './node-client.ts';
import { NodeFault } from './node-fault.ts';
import { type Confirmation, confirmBlocks } from './confirm-blocks.ts';
import { type BestBlocks, canConfirm, type Health } from './node-health.ts';
import type { NodeTraffic } from './paced-transport.ts';
import { type Disagreement, SolidAgreement } from './solid-agreement.ts';
import { ChainUnavailable } from './tron.errors.ts';
import { type ChainIdentity, WatchedNode } from './watched-node.ts';

export interface TronNodesOptions {
  /** In order of preference. */
  readonly nodes: readonly TronNode[];
  /** Id of block 0; null takes the network of the first node that answers, and holds all to it. */
  readonly chainId: string | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly checkEveryMs?: number;
  /** For what must not happen: errors that are no node's fault. */
  readonly report?: (error: unknown) => void;
}

export interface NodeHealth extends Health {
  readonly name: string;
  /** By the process's clock. */
  readonly since: Date;
  readonly head: BlockHeader | null;
  readonly solid: BlockHeader | null;
  /** Blocks behind the best node. */
  readonly lag: number | null;
  readonly latencyMs: number | null;
  readonly checkedAt: Date | null;
  readonly traffic: NodeTraffic | null;
}

/** The newest blocks that any node of our network has shown; null before the first answer. */
export interface ChainClock {
  readonly head: BlockHeader | null;
  readonly solid: BlockHeader | null;
}

export interface BroadcastResult {
  /** Null when no node could be reached, and nothing was sent. */
  readonly node: string | null;
  readonly answer: BroadcastAnswer;
}

/** Rounds over all nodes before a read gives up, and the pause between them. */
const READ_ROUNDS = 2;
const PAUSE_MS = 100;
const CHECK_EVERY_MS = 1_000;
const RANK = { UP: 0, DEGRADED: 1, DOWN: 2 } as const;

/** The nodes of one network: reads go to the best, and on to the next when it fails. */
export class TronNodes {
  readonly #watched: readonly WatchedNode[];
  readonly #identity: ChainIdentity;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #loop: Loop;
  readonly #agreement: SolidAgreement;
  #turn = 0;

  constructor(options: TronNodesOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#agreement = new SolidAgreement(options.clock);
    this.#identity = { genesisId: options.chainId };
    this.#watched = options.nodes.map(
      (node) => new WatchedNode(node, this.#identity, options.clock),
    );
    this.#loop = new Loop(options.clock, async () => {
      await this.check().catch(options.report ?? (() => undefined));
      return options.checkEveryMs ?? CHECK_EVERY_MS;
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Ends the checks and closes all connections. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await Promise.all(this.#watched.map(({ node }) => node.close()));
  }

  /** One round of health checks, as `start` does them again and again. */
  async check(): Promise<void> {
    await Promise.all(this.#watched.map((watched) => watched.check()));
    for (const { name, observation } of this.#watched) {
      const { solid, wrongChain, unreachable } = observation;
      if (solid !== null && wrongChain === null && unreachable === null) {
        this.#agreement.note(name, solid);
      }
    }
    await this.#askAboutDispute();
  }

  /** Where nodes show different solid blocks, with no majority to believe; null when they agree. */
  disagreement(): Disagreement | null {
    return this.#agreement.open();
  }

  /**
   * How many of these solid blocks, linked and shown by one node, the other usable nodes bear out;
   * without another usable node all, confirmed by nobody. At a height that nodes disagree about, and
   * above, none, until they agree again. Never throws for a node's fault.
   */
  async confirm(blocks: readonly BlockHeader[], servedBy: string): Promise<Confirmation> {
    const best = this.#best();
    const parties = new Set(this.#agreement.dispute()?.sayings.map(({ node }) => node));
    const others = this.#watched.filter(
      ({ name, observation }) =>
        name !== servedBy &&
        (canConfirm(observation, best) || (parties.has(name) && observation.wrongChain === null)),
    );
    const confirmation = await confirmBlocks(blocks, servedBy, others, this.#agreement);
    // Everybody is asked, those too that only seem to lag behind a node on a longer wrong chain.
    if (confirmation.disputed) await this.#askAboutDispute();
    return confirmation;
  }

  /** Asks all who differ again, so that they come back as soon as they say the same. */
  async #askAboutDispute(): Promise<void> {
    const dispute = this.#agreement.dispute();
    if (dispute !== null) {
      await askEach(this.#watched, async (node) => {
        const header = await node.headerByNumber('solid', dispute.number);
        if (header !== null) this.#agreement.note(node.name, header);
      });
    }
    this.#tellOutvoted();
  }

  #tellOutvoted(): void {
    const outvoted = this.#agreement.outvoted();
    const number = this.#agreement.dispute()?.number ?? 0;
    for (const watched of this.#watched) {
      watched.noteOutvoted(
        outvoted.has(watched.name)
          ? `Its solid block ${number} is not the one that the other nodes have.`
          : null,
      );
    }
  }

  /** Id of block 0 of the network that the nodes are on; null until one has told. */
  chainId(): string | null {
    return this.#identity.genesisId;
  }

  /**
   * Asks the best node; on a fault the next one, in two rounds. `ask` may throw a NodeFault itself
   * when an answer cannot be right, and so has another node asked.
   * @throws ChainUnavailable with every node's fault
   */
  async read<T>(ask: (node: TronNode) => Promise<T>): Promise<T> {
    const faults: NodeFault[] = [];
    for (let round = 0; round < READ_ROUNDS; round += 1) {
      if (round > 0) await delay(this.#clock, PAUSE_MS + this.#random.below(PAUSE_MS));
      for (const watched of this.#inOrder()) {
        try {
          await watched.identify();
          return await ask(watched.node);
        } catch (error) {
          if (!(error instanceof NodeFault)) throw error;
          watched.noteFault(error);
          faults.push(error);
        }
      }
    }
    const said = [...new Set(faults.map(({ message }) => message))].join('; ');
    throw new ChainUnavailable(`No TRON node gave an answer. Try again shortly. (${said})`, faults);
  }

  /** Asks every node of our network that answers, and leaves out the faults of those that do not. */
  askAll<T>(ask: (node: TronNode) => Promise<T>): Promise<T[]> {
    return askEach(this.#inOrder(), ask);
  }

  /** The newest header that the best node has, told to the chain clock too. @throws ChainUnavailable */
  newestHeader(view: View): Promise<BlockHeader> {
    return this.read(async (node) => {
      const header = await node.header(view);
      this.#watched.find((watched) => watched.node === node)?.noteHeader(view, header);
      return header;
    });
  }

  /**
   * Hands a signed transaction to one node, in turn, not to those to avoid unless there is no other.
   * Call again for another node: the same bytes can be sent any number of times.
   */
  async broadcast(
    signedHex: string,
    options: { readonly avoid?: readonly string[] } = {},
  ): Promise<BroadcastResult> {
    const avoid = new Set(options.avoid);
    const order = this.#inTurn();
    const preferred = order.filter(({ name }) => !avoid.has(name));
    let why = 'no node is configured';
    for (const watched of [...preferred, ...order.filter(({ name }) => avoid.has(name))]) {
      try {
        await watched.identify();
      } catch (error) {
        if (!(error instanceof NodeFault)) throw error;
        watched.noteFault(error);
        why = error.message;
        continue;
      }
      const answer = await watched.node.broadcastHex(signedHex);
      if (answer.code !== NOT_SENT) return { node: watched.name, answer };
      why = answer.message;
    }
    const message = `nothing was sent: ${why}`;
    return { node: null, answer: { kind: 'busy', code: 'NO_NODE', message, mayLand: false } };
  }

  health(): NodeHealth[] {
    const best = this.#best();
    return this.#watched.map((watched) => {
      const seen = watched.observation;
      return {
        name: watched.name,
        ...watched.judge(best),
        head: seen.head,
        solid: seen.solid,
        lag: seen.head === null ? null : best.head - seen.head.number,
        latencyMs: watched.latencyMs,
        checkedAt: watched.checkedAt,
        traffic: watched.node.traffic(),
      };
    });
  }

  /** Best known newest blocks: a hint for planning. What is final is in our own solid headers. */
  chainClock(): ChainClock {
    return { head: this.#newest('head'), solid: this.#newest('solid') };
  }

  #best(): BestBlocks {
    return {
      head: this.#newest('head')?.number ?? 0,
      solid: this.#newest('solid')?.number ?? 0,
    };
  }

  #newest(view: View): BlockHeader | null {
    let newest: BlockHeader | null = null;
    for (const { observation } of this.#watched) {
      const { wrongChain, outvoted } = observation;
      const header = wrongChain === null && outvoted === null ? observation[view] : null;
      if (header !== null && header.number > (newest?.number ?? -1)) newest = header;
    }
    return newest;
  }

  /** Usable nodes, the best first, as configured among equals: one node's answers fit together. */
  #inOrder(): WatchedNode[] {
    const best = this.#best();
    return this.#watched
      .filter(({ observation }) => observation.outvoted === null)
      .map((watched, place) => ({ watched, place, rank: RANK[watched.judge(best).state] }))
      .sort((one, other) => one.rank - other.rank || one.place - other.place)
      .map(({ watched }) => watched);
  }

  /** The same, but each time another of the UP nodes first. */
  #inTurn(): WatchedNode[] {
    const order = this.#inOrder();
    const up = this.health().filter(({ state }) => state === 'UP').length;
    if (up < 2) return order;
    this.#turn = (this.#turn + 1) % up;
    return [...order.slice(this.#turn, up), ...order.slice(0, this.#turn), ...order.slice(up)];
  }
}

async function askEach<T>(
  all: readonly WatchedNode[],
  ask: (node: TronNode) => Promise<T>,
): Promise<T[]> {
  const one = async (watched: WatchedNode): Promise<T[]> => {
    try {
      await watched.identify();
      return [await ask(watched.node)];
    } catch (error) {
      if (!(error instanceof NodeFault)) throw error;
      watched.noteFault(error);
      return [];
    }
  };
  return (await Promise.all(all.map(one))).flat();
}
