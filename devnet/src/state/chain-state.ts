import type { VoteEntry } from '../wire/messages.ts';
import type { Account } from './account.ts';
import { Table } from './table.ts';
import type { Reader } from './table.ts';

/** Delegated sun of one pair, locked and unlocked in separate rows (java-tron keeps two keys). */
export interface Delegation {
  readonly net: bigint;
  readonly energy: bigint;
  readonly lockedNet: bigint;
  readonly lockedEnergy: bigint;
  /** ms of chain time; 0 = never locked. */
  readonly netExpire: number;
  readonly energyExpire: number;
}

/** Counterparts of an account, in one of 256 buckets by the last byte of their address. */
export type IndexBucket = readonly { readonly address: string; readonly at: number }[];

/** A super representative. */
export interface Witness {
  readonly address: string;
  readonly url: string;
  readonly voteCount: bigint;
  readonly produced: number;
}

/** Votes that change at the next maintenance. */
export interface VoteChange {
  readonly before: readonly VoteEntry[];
  readonly after: readonly VoteEntry[];
}

/** Rewards of one representative in one cycle, and the accumulated reward per vote (× 10¹⁸). */
export interface CycleReward {
  readonly reward: bigint;
  readonly vi: bigint;
}

/** Figures of the whole chain. */
export interface Globals {
  /** TRX */
  readonly totalEnergyWeight: bigint;
  /** TRX */
  readonly totalNetWeight: bigint;
  readonly cycle: number;
  /** ms */
  readonly nextMaintenance: number;
  /** sun */
  readonly burned: bigint;
}

/** Everything the rules read, at one moment of the chain. */
export interface StateView {
  readonly accounts: Reader<Account>;
  readonly delegations: Reader<Delegation>;
  readonly index: Reader<IndexBucket>;
  readonly witnesses: Reader<Witness>;
  readonly rewards: Reader<CycleReward>;
  readonly tokens: Reader<bigint>;
  readonly globals: Reader<Globals>;
}

/** One changed key, for the archive. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly value: unknown;
}

/** The chain's state with its undo layers: one per block not yet forgotten, then the pending one. */
export class ChainState implements StateView {
  readonly accounts = new Table<Account>();
  readonly delegations = new Table<Delegation>();
  readonly index = new Table<IndexBucket>();
  readonly witnesses = new Table<Witness>();
  readonly voteChanges = new Table<VoteChange>();
  readonly rewards = new Table<CycleReward>();
  readonly tokens = new Table<bigint>();
  readonly globals = new Table<Globals>();

  private readonly tables: readonly (readonly [string, Table<unknown>])[] = [
    ['accounts', this.accounts],
    ['delegations', this.delegations],
    ['index', this.index],
    ['witnesses', this.witnesses],
    ['voteChanges', this.voteChanges],
    ['rewards', this.rewards],
    ['tokens', this.tokens],
    ['globals', this.globals],
  ];

  push(): void {
    for (const [, table] of this.tables) table.push();
  }

  revert(): void {
    for (const [, table] of this.tables) table.revert();
  }

  merge(): void {
    for (const [, table] of this.tables) table.merge();
  }

  forgetOldest(): void {
    for (const [, table] of this.tables) table.forgetOldest();
  }

  /** The state as it was before layer `index` began. */
  before(index: number): StateView {
    const reader = <V>(table: Table<V>): Reader<V> => ({ get: (key) => table.before(index, key) });
    return {
      accounts: reader(this.accounts),
      delegations: reader(this.delegations),
      index: reader(this.index),
      witnesses: reader(this.witnesses),
      rewards: reader(this.rewards),
      tokens: reader(this.tokens),
      globals: reader(this.globals),
    };
  }

  /** What layer `index` changed, with the values at its end. */
  changes(index: number): Change[] {
    const changes: Change[] = [];
    for (const [name, table] of this.tables) {
      for (const key of table.written(index)) {
        changes.push({ table: name, key, value: table.before(index + 1, key) });
      }
    }
    return changes;
  }

  /** The whole present, for the archive's first snapshot. */
  *everything(): Iterable<Change> {
    for (const [name, table] of this.tables) {
      for (const [key, value] of table.entries()) yield { table: name, key, value };
    }
  }

  /** Puts one value from the archive, before any layer exists. */
  load(change: Change): void {
    this.tables.find(([name]) => name === change.table)?.[1].load(change.key, change.value);
  }
}

/** The chain's figures; they exist from genesis on. */
export function globalsOf(view: StateView): Globals {
  const globals = view.globals.get('chain');
  if (!globals) throw new Error('the chain has no genesis yet');
  return globals;
}
