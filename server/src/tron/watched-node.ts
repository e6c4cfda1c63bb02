import type { Clock } from '../kernel/clock.ts';
import type { BlockHeader, View } from '../chain/block.ts';
import type { TronNode } from './node-client.ts';
import { NodeFault } from './node-fault.ts';
import { type BestBlocks, type Health, judgeNode, type NodeObservation } from './node-health.ts';

/** How long a node that failed or contradicted us is asked last. */
const SHUN_MS = 5_000;
const SHUN_LONG_MS = 60_000;

/** How long a proof of identity is good; a lost connection ends it at once. */
const IDENTITY_MS = 60_000;

/** Which network the nodes must be on: block 0 is the same on no two. */
export interface ChainIdentity {
  /** Id of block 0; null until the first node has told, where none is configured. */
  genesisId: string | null;
}

/** One node with what is known about its state. */
export class WatchedNode {
  readonly node: TronNode;
  readonly #identity: ChainIdentity;
  readonly #clock: Clock;
  #identifiedAt: number | undefined;
  #identifying: Promise<void> | undefined;
  #wrongChain: string | null = null;
  #unreachable: string | null | undefined;
  #blemish: string | null = null;
  #forked = false;
  #outvoted: string | null = null;
  #judged: { readonly state: Health['state']; readonly since: Date } | null = null;
  #shunnedUntil = 0;
  #head: BlockHeader | null = null;
  #solid: BlockHeader | null = null;
  #latencyMs: number | null = null;
  #checkedAt: Date | null = null;

  constructor(node: TronNode, identity: ChainIdentity, clock: Clock) {
    this.node = node;
    this.#identity = identity;
    this.#clock = clock;
  }

  get name(): string {
    return this.node.name;
  }

  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  get checkedAt(): Date | null {
    return this.#checkedAt;
  }

  get observation(): NodeObservation {
    const shunned = this.#clock.monotonic() < this.#shunnedUntil;
    return {
      unreachable: this.#unreachable,
      wrongChain: this.#wrongChain,
      outvoted: this.#outvoted,
      blemish: shunned ? this.#blemish : null,
      forked: shunned && this.#forked,
      head: this.#head,
      solid: this.#solid,
    };
  }

  /** How it is, and since when it is no better and no worse. */
  judge(best: BestBlocks): Health & { readonly since: Date } {
    const now = this.#clock.now();
    const health = judgeNode(this.observation, best, now);
    if (this.#judged?.state !== health.state) this.#judged = { state: health.state, since: now };
    return { ...health, since: this.#judged.since };
  }

  /** Two or more other nodes contradict it, with this sentence; null when they do no more. */
  noteOutvoted(why: string | null): void {
    this.#outvoted = why;
  }

  /** Makes sure that the node is on our network before it is asked anything. @throws NodeFault */
  async identify(): Promise<void> {
    const now = this.#clock.monotonic();
    if (this.#identifiedAt !== undefined && now - this.#identifiedAt < IDENTITY_MS) return;
    this.#identifying ??= this.#askGenesis().finally(() => (this.#identifying = undefined));
    await this.#identifying;
  }

  /** One round of questions; keeps what it learns and never throws for a node's fault. */
  async check(): Promise<void> {
    const start = this.#clock.monotonic();
    try {
      await this.identify();
      const [head, solid] = await Promise.all([
        this.node.header('head'),
        this.node.header('solid'),
      ]);
      this.#latencyMs = this.#clock.monotonic() - start;
      // Newest answers win even when they are lower: a node may be rolled back.
      this.#head = head;
      this.#solid = solid;
      this.#unreachable = null;
    } catch (error) {
      if (!(error instanceof NodeFault)) throw error;
      this.noteFault(error);
      if (error.kind !== 'wrong-chain') this.#unreachable = error.message;
    } finally {
      this.#checkedAt = this.#clock.now();
    }
  }

  /** A header that the node has shown outside of a round. */
  noteHeader(view: View, header: BlockHeader): void {
    if (view === 'head') this.#head = header;
    else this.#solid = header;
    this.#unreachable = null;
  }

  /** Asks this node after the others for a while. */
  noteFault(fault: NodeFault): void {
    const long = fault.kind === 'wrong-chain';
    const until = this.#clock.monotonic() + (long ? SHUN_LONG_MS : SHUN_MS);
    if (until < this.#shunnedUntil) return;
    this.#shunnedUntil = until;
    this.#forked = long;
    this.#blemish = `Its last answer failed: ${fault.message}.`;
    // Behind a lost connection another node may stand next time.
    if (fault.kind === 'network') this.#identifiedAt = undefined;
  }

  async #askGenesis(): Promise<void> {
    const genesisId = await this.node.genesisId();
    this.#identity.genesisId ??= genesisId;
    if (genesisId !== this.#identity.genesisId) {
      this.#identifiedAt = undefined;
      this.#wrongChain = `It serves another network: its block 0 is ${genesisId}, ours is ${this.#identity.genesisId}.`;
      throw new NodeFault('wrong-chain', this.name, 'it serves another network');
    }
    this.#wrongChain = null;
    this.#identifiedAt = this.#clock.monotonic();
  }
}
