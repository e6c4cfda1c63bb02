import { openChain, type LocalChain } from '@energy-desk/devnet';
import type { Database } from '../database/database.ts';
import { type Actor as DeskActor, system } from '../kernel/actor.ts';
import { assert, present } from '../kernel/assert.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { UNIT } from '../kernel/money.ts';
import { type Address, addressToHex } from '../chain/address.ts';
import { NodeFault } from '../tron/node-fault.ts';
import { PAYER, RECEIVERS_OF_ENERGY, type SimulatedUser, USERS, WALLETS } from './cast.ts';
import { Interrupted } from './gate.ts';
import { InProcessNode } from './in-process-node.ts';
import { Payers } from './payers.ts';
import { SeededRandom } from './seeded-random.ts';
import { GENESIS_MS, type Theatre } from './theatre.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Blocks until a block is solid: few, so that histories are short. */
export const SOLID_LAG = 4;
export const operator: DeskActor = system('simulation');

/** How often what happened, by its name. */
export type Tally = Map<string, number>;

/** The chain, the pool, the users and what went wrong, of one history. */
export class World {
  readonly theatre: Theatre;
  readonly random: SeededRandom;
  readonly local: LocalChain;
  readonly nodes: readonly InProcessNode[];
  readonly keys: ReadonlyMap<Address, string> = new Map(
    WALLETS.map(({ address, key }) => [address, key]),
  );
  readonly wallets: readonly Address[] = WALLETS.map(({ address }) => address);
  readonly users: readonly SimulatedUser[] = USERS;
  readonly receivers: readonly Address[] = RECEIVERS_OF_ENERGY;
  readonly log: string[] = [];
  /** Errors that no fault explains. */
  readonly breaks: string[] = [];
  readonly tally: Tally = new Map();
  /** Requests that the signer will not answer. */
  signerAway = 0;
  readonly genesisId: string;
  readonly payers: Payers;
  readonly #control: ReturnType<LocalChain['controlOf']>;

  /** A chain on which pool and receivers have their coins in solid blocks. */
  constructor(theatre: Theatre, seed: number) {
    this.theatre = theatre;
    this.random = new SeededRandom(seed);
    const { clock, gate } = theatre;
    clock.time = GENESIS_MS;
    this.local = openChain({
      genesisTime: GENESIS_MS,
      solidLag: SOLID_LAG,
      signBlocks: false,
      random: this.random.fork().fraction,
      clock: { now: () => clock.time, after: () => () => undefined },
    });
    this.nodes = ['north', 'south'].map(
      (name) => new InProcessNode(name, this.local.newNode(), gate),
    );
    this.#control = this.local.controlOf(present(this.nodes[0], 'node').node);
    this.genesisId = present(this.local.chain.blockId(0), 'genesis');
    for (const { address, stakeSun } of WALLETS) {
      this.#credit(address, 1_000n * UNIT);
      this.control('stake', { address, sun: stakeSun.toString(), resource: 'ENERGY' });
    }
    for (const address of RECEIVERS_OF_ENERGY) this.#credit(address, UNIT);
    this.#credit(PAYER.address, 1_000_000n * UNIT);
    const tokens = (10_000n * UNIT).toString();
    this.control('fund', { address: PAYER.address, usdt: tokens, fakeUsdt: tokens });
    this.payers = new Payers(this, seed);
    for (let made = 0; made < 2 * SOLID_LAG; made += 1) this.block();
  }

  get clock(): VirtualClock {
    return this.theatre.clock;
  }

  get database(): Database {
    return this.theatre.database;
  }

  /** The next block; the process's and the database's clocks follow the chain's. */
  block(): void {
    const { chain } = this.local;
    chain.produce(chain.nextTimestamp());
    this.clock.time = Math.max(this.clock.time, this.local.chain.head.timestamp);
  }

  /** The next block comes later by this much chain time. */
  advance(milliseconds: number): void {
    if (milliseconds > 0) this.local.chain.advance(milliseconds);
  }

  /** What the control endpoint answers. @throws when it refuses */
  control(name: string, body: object = {}): unknown {
    const { status, body: text } = this.#control.answer('POST', `/devnet/${name}`, body);
    assert(status === 200 && typeof text === 'string', `/devnet/${name} works`);
    return JSON.parse(text);
  }

  count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }

  note(line: string): void {
    this.log.push(line);
  }

  /** An error that a fault explains is only noted; any other one is a break of its own. */
  noteError(where: string, error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.note(`${where}: ${text.slice(0, 160)}`);
    if (!isExplained(error)) this.breaks.push(`${where} an error that no fault explains: ${text}`);
  }

  /** Without a transaction of the faucet, whose signature would cost more than everything else. */
  #credit(address: Address, sun: bigint): void {
    this.local.chain.operate({ kind: 'credit', address: addressToHex(address), sun });
  }
}

function isExplained(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 6; depth += 1) {
    if (current instanceof DomainError || current instanceof NodeFault) return true;
    if (current instanceof Interrupted) return true;
    current = current.cause ?? (current as { previous?: unknown }).previous;
  }
  return false;
}
