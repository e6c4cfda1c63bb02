import type { Archive, Meta } from '../archive/archive.ts';
import { SignerBook } from '../crypto/keys.ts';
import { ruleContext, slotOf } from '../rules/context.ts';
import type { RuleContext } from '../rules/context.ts';
import { executeTransaction } from '../rules/execute.ts';
import type { Execution } from '../rules/execute.ts';
import { slotMs } from '../rules/parameters.ts';
import type { Parameters } from '../rules/parameters.ts';
import { checkSignatures } from '../rules/permissions.ts';
import { ChainState } from '../state/chain-state.ts';
import type { StateView } from '../state/chain-state.ts';
import { decodeTransaction, encodeTransaction } from '../wire/transaction.ts';
import type { Transaction } from '../wire/transaction.ts';
import { admit } from './admission.ts';
import type { KnownBlocks } from './admission.ts';
import { Block, genesisHeader } from './block.ts';
import type { BlockHeader } from './block.ts';
import { writeGenesis } from './genesis.ts';
import { History } from './history.ts';
import { executeOperation } from './operation.ts';
import type { Operation } from './operation.ts';
import { executeEntry, packBlock, replayBlock } from './pack.ts';
import { Pool } from './pool.ts';
import type { PoolEntry } from './pool.ts';

/** Past states that stay readable, for stale views: at least so many blocks. */
const keptPasts = 256;

/** How a chain is set up; `genesisTime` counts only when the archive is empty. */
export interface ChainOptions {
  readonly archive: Archive;
  readonly parameters: Parameters;
  readonly solidLag: number;
  /** ms: timestamp of the first head block. */
  readonly genesisTime: number;
  /** Whether headers carry their witness's signature; default true. */
  readonly signBlocks?: boolean;
}

/** The state at a block, with that block's header as "now". */
export interface ChainView {
  readonly state: StateView;
  readonly header: BlockHeader;
  readonly slot: bigint;
}

/**
 * The chain: blocks, pending pool, head and solid state. It has no timer, socket or clock of its
 * own: whoever holds it says when a block comes and what time it is. Every block is one durable
 * unit of the archive. State layers: one per block after `base`, then one for the pending pool.
 */
export class Chain extends History {
  readonly parameters: Parameters;
  readonly state = new ChainState();
  readonly pool = new Pool();
  readonly signers = new SignerBook();
  readonly solidLag: number;
  private readonly signBlocks: boolean;
  private meta: Meta;
  private base = 0;
  private headHeader: BlockHeader;

  constructor(options: ChainOptions) {
    const { archive, parameters, solidLag, genesisTime } = options;
    super(archive);
    this.parameters = parameters;
    this.solidLag = solidLag;
    this.signBlocks = options.signBlocks ?? true;
    const epoch = Math.floor(genesisTime / slotMs) * slotMs - (solidLag + 1) * slotMs;
    this.meta = archive.meta ?? { epoch, offset: 0, jump: 0, forks: 0, solid: 0 };
    this.headHeader = genesisHeader();
    if (archive.meta) this.restore();
    else archive.atomically(this.begin.bind(this));
  }

  get head(): BlockHeader {
    return this.headHeader;
  }

  get solid(): number {
    return this.meta.solid;
  }

  get epoch(): number {
    return this.meta.epoch;
  }

  private begin(): void {
    writeGenesis(this.state, this.parameters, this.epoch);
    this.append(Block.empty(this.headHeader));
    this.archive.saveState(this.state.everything());
    this.state.push();
    for (let block = 0; block <= this.solidLag; block++) this.produce(this.nextTimestamp());
  }

  private restore(): void {
    const { archive } = this;
    for (const change of archive.state()) this.state.load(change);
    this.base = this.meta.solid;
    this.headHeader = this.required(this.base).header;
    for (let number = this.base + 1; number <= archive.head; number++) {
      const block = this.required(number);
      const context = this.context();
      this.state.push();
      replayBlock(context, block);
      this.headHeader = block.header;
    }
    this.state.push();
    const waiting = archive.pending();
    for (const operation of waiting.operations) this.addOperation(operation);
    for (const bytes of waiting.transactions) this.readmit(decodeTransaction(bytes));
    this.savePending();
  }

  /** The rules' context for whatever comes after the head block. */
  context(): RuleContext {
    const now = this.headHeader.timestamp || this.epoch;
    return ruleContext(this.state, this.parameters, now, this.epoch);
  }

  /**
   * When the next block is due. With `now` (ms) missed slots are left out, without it the block
   * comes one slot after its parent; both add what `advance` asked for.
   */
  nextTimestamp(now?: number): number {
    const parent = this.headHeader.timestamp || this.epoch;
    const earliest = parent + slotMs + this.meta.jump;
    if (now === undefined) return earliest;
    const slot = Math.floor((now + this.meta.offset - this.epoch) / slotMs);
    return Math.max(earliest, this.epoch + slot * slotMs);
  }

  /** Moves chain time: the next block comes `ms` later than it would. Rounded up to whole slots. */
  advance(ms: number): void {
    const jump = Math.ceil(ms / slotMs) * slotMs;
    this.saveMeta({ jump: this.meta.jump + jump, offset: this.meta.offset + jump });
  }

  private saveMeta(change: Partial<Meta>): void {
    this.meta = { ...this.meta, ...change };
    this.archive.saveMeta(this.meta);
  }

  /**
   * Takes a transaction into the pool, after every check of a node. `trusted` leaves out the
   * signatures. Throws SignatureError, AdmissionError, ContractValidateError and their like.
   */
  submit(transaction: Transaction, trusted = false): Execution {
    const signedBy = trusted ? undefined : checkSignatures(this.state, transaction, this.signers);
    const context = this.context();
    admit(context, transaction, this.known());
    const execution = executeTransaction(context, transaction);
    this.pool.add({ transaction, signedBy, receivedAt: context.now });
    return execution;
  }

  private known(): KnownBlocks {
    return {
      headNumber: this.headHeader.number,
      blockId: (number) => this.blockId(number),
      includes: (txid) => this.pool.has(txid) || this.archive.find(txid) !== undefined,
    };
  }

  private readmit(transaction: Transaction): void {
    try {
      this.submit(transaction);
    } catch {
      // What no longer fits the chain is dropped, as a node does.
    }
  }

  /** Executes a set-up step at once; it becomes part of the next block and survives a crash. */
  operate(operation: Operation): void {
    this.addOperation(operation);
    this.savePending();
  }

  private addOperation(operation: Operation): void {
    executeOperation(this.context(), operation);
    this.pool.operations.push(operation);
  }

  /** Writes down what waits for a block, so that a restart finds it. */
  savePending(): void {
    this.archive.savePending(
      this.pool.operations,
      this.pool.entries().map(({ transaction }) => encodeTransaction(transaction)),
    );
  }

  /** Makes several blocks one durable unit: `make` is called once and calls `produce`. */
  together(make: () => void): void {
    this.archive.atomically(make);
  }

  /** Makes the next block from the pool. `timestamp` in ms, at least one slot after the parent. */
  produce(timestamp: number): Block {
    return this.makeBlock(timestamp, this.pool.takeOperations(), this.pool.takeAll());
  }

  private makeBlock(
    timestamp: number,
    operations: readonly Operation[],
    entries: readonly PoolEntry[],
  ): Block {
    const plan = {
      parent: this.headHeader,
      timestamp,
      shift: this.meta.forks,
      epoch: this.epoch,
      operations,
      entries,
      signed: this.signBlocks,
    };
    const context = this.context();
    this.state.revert();
    this.state.push();
    const { block, left } = packBlock(context, plan, this.known(), this.signers);
    this.keep(block);
    this.state.push();
    for (const entry of left) this.retry(entry);
    return block;
  }

  private retry(entry: PoolEntry): void {
    const context = this.context();
    if (context.now - entry.receivedAt > Pool.timeoutMs) return;
    try {
      executeEntry(context, entry, this.known(), this.signers);
      this.pool.add(entry);
    } catch {
      // Dropped, as a node does on re-push.
    }
  }

  private keep(block: Block): void {
    const { number } = block.header;
    this.headHeader = block.header;
    const solid = Math.max(this.meta.solid, number - this.solidLag);
    this.archive.atomically(() => {
      this.append(block);
      for (let done = this.meta.solid + 1; done <= solid; done++) {
        this.archive.saveState(this.state.changes(done - this.base - 1));
      }
      this.archive.savePending([], []);
      this.saveMeta({ solid, jump: 0 });
    });
    while (number - this.base > Math.max(keptPasts, this.solidLag + 1)) {
      this.state.forgetOldest();
      this.base++;
    }
  }

  /**
   * Replaces the last `depth` blocks (never solid ones) by others of the same height and time.
   * Their transactions go back to the pool, or vanish with `drop`. Returns the depth done.
   */
  fork(depth: number, drop: boolean): number {
    const done = Math.min(depth, this.headHeader.number - this.meta.solid);
    if (done <= 0) return 0;
    const first = this.headHeader.number - done + 1;
    const removed: Block[] = [];
    for (let number = first; number < first + done; number++)
      removed.push(this.required(number).loaded());
    const waiting = this.pool.takeAll();
    const waitingOperations = this.pool.takeOperations();
    this.state.revert();
    for (let block = 0; block < done; block++) this.state.revert();
    this.archive.atomically(() => {
      this.truncate(first - 1);
      this.headHeader = this.required(first - 1).header;
      this.saveMeta({ forks: this.meta.forks + 1 });
      this.state.push();
      removed.forEach((block) => this.makeBlock(block.header.timestamp, block.operations, []));
    });
    for (const operation of waitingOperations) this.addOperation(operation);
    const orphans = drop ? [] : removed.flatMap((block) => block.transactions);
    for (const transaction of orphans) this.readmit(transaction);
    for (const entry of waiting) this.retry(entry);
    this.savePending();
    return done;
  }

  /** The state after a block; without a number, the head's with the pending pool's effects. */
  view(number?: number): ChainView {
    const head = this.headHeader;
    if (number === undefined) return { state: this.state, header: head, slot: this.context().slot };
    const wanted = Math.min(Math.max(number, this.base), head.number);
    const header = wanted === head.number ? head : (this.block(wanted)?.header ?? head);
    const slot = slotOf(header.timestamp || this.epoch, this.epoch);
    return { state: this.state.before(wanted - this.base), header, slot };
  }

  /** Writes down the pool and closes the archive. */
  close(): void {
    this.savePending();
    this.archive.close();
  }
}
