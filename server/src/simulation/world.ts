import { openChain, type LocalChain } from '@energy-desk/devnet';
import pg from 'pg';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type Actor as DeskActor, system } from '../kernel/actor.ts';
import { assert, present } from '../kernel/assert.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { type Address, addressOfKey } from '../tron/address.ts';
import { NodeFault } from '../tron/node-fault.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { Gate, Interrupted } from './gate.ts';
import { GatedPool } from './gated-pool.ts';
import { InProcessNode } from './in-process-node.ts';
import { SeededRandom } from './seeded-random.ts';
import { VirtualClock } from './virtual-clock.ts';

const GENESIS_MS = Date.UTC(2027, 0, 1);
/** Blocks until a block is solid: few, so that histories are short. */
export const SOLID_LAG = 4;
const STAKES_TRX = [22_000n, 30_000n, 16_000n];
const FUNDS_TRX = [6n, 40n, 400n];
const RECEIVERS = 3;
/** Everything that a history leaves; the books' chart and the settings stay. */
const TABLES = `state_changes, events, audit_log, users, user_addresses, ledger_accounts, ledger_transfers,
  ledger_entries, solid_blocks, chain_cursors, wallets, wallet_keys, chain_operations, attempts,
  wallet_transactions, orders, order_slices, reservations, rentals`;
export const operator: DeskActor = system('simulation');

export interface SimulatedUser {
  readonly telegramId: bigint;
  readonly fundsSun: bigint;
}

/** What outlives a history: PostgreSQL, and the way to it. */
export class Theatre {
  readonly gate: Gate;
  readonly pool: GatedPool;
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly #owner: pg.Client;

  private constructor(
    owner: pg.Client,
    gate: Gate,
    clock: VirtualClock,
    parts: [GatedPool, Database],
  ) {
    this.#owner = owner;
    this.gate = gate;
    this.clock = clock;
    [this.pool, this.database] = parts;
  }

  /** @param url owner's address of a migrated database that nobody else uses */
  static async open(url: string): Promise<Theatre> {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    const name = owner.escapeIdentifier(new URL(url).pathname.slice(1));
    // A wait for a lock is a deadlock at once or never: histories then repeat exactly.
    await owner.query(`alter database ${name} set deadlock_timeout = '1ms'`);
    await owner.query(`alter database ${name} set synchronous_commit = off`);
    const gate = new Gate(async (pids) => {
      const found = await owner.query<{ pid: number }>(
        `select pid from pg_stat_activity where pid = any($1) and wait_event_type = 'Lock'`,
        [pids],
      );
      return new Set(found.rows.map(({ pid }) => pid));
    });
    const clock = new VirtualClock(gate, GENESIS_MS);
    const pool = new GatedPool(gate, () => clock.time);
    const database = await Database.connect({
      url,
      poolSize: 60,
      entities: [],
      clock,
      random: { bytes: (count) => Buffer.alloc(count), below: () => 0 },
      onPool: pool.stand,
    });
    return new Theatre(owner, gate, clock, [pool, database]);
  }

  /** An empty desk: nothing of an earlier history is left. */
  async clear(): Promise<void> {
    this.clock.time = GENESIS_MS;
    await this.#owner.query(`set session_replication_role = replica`);
    await this.#owner.query(`truncate ${TABLES} restart identity cascade`);
    await this.#owner.query(`set session_replication_role = origin`);
    await this.#owner.query(
      `insert into settings (key, value, version) values ('orders.deliverySeconds', '120', 1)
       on conflict do nothing`,
    );
    await this.#owner.query(
      `insert into ledger_accounts (code, asset)
       select c.code, a.asset from ledger_chart c cross join (values ('TRX'), ('USDT')) a(asset)
       where c.scope = 'SYSTEM' order by c.code, a.asset`,
    );
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.#owner.end();
  }
}

/** The chain, the pool, the users and what went wrong, of one history. */
export class World {
  readonly theatre: Theatre;
  readonly random: SeededRandom;
  readonly local: LocalChain;
  readonly nodes: readonly InProcessNode[];
  readonly keys = new Map<Address, string>();
  readonly wallets: Address[] = [];
  readonly users: SimulatedUser[] = [];
  readonly receivers: Address[] = [];
  readonly log: string[] = [];
  /** Errors that no fault explains. */
  readonly breaks: string[] = [];
  readonly genesisId: string;
  readonly #control: ReturnType<LocalChain['controlOf']>;

  constructor(theatre: Theatre, seed: number) {
    this.theatre = theatre;
    this.random = new SeededRandom(seed);
    const { clock, gate } = theatre;
    this.local = openChain({
      genesisTime: GENESIS_MS,
      solidLag: SOLID_LAG,
      random: this.random.fork().fraction,
      clock: { now: () => clock.time, after: () => () => undefined },
    });
    this.nodes = ['north', 'south'].map(
      (name) => new InProcessNode(name, this.local.newNode(), gate),
    );
    this.#control = this.local.controlOf(present(this.nodes[0], 'node').node);
    this.genesisId = present(this.local.chain.blockId(0), 'genesis');
  }

  get clock(): VirtualClock {
    return this.theatre.clock;
  }

  get database(): Database {
    return this.theatre.database;
  }

  /** The pool, the users and the receivers, with all their coins in solid blocks. */
  async prepare(): Promise<void> {
    const random = this.random.fork();
    const ids = new IdMaker(this.clock, random);
    const account = (sun: bigint): { key: string; address: Address } => {
      const key = random.bytes(32).toString('hex');
      const address = addressOfKey(key);
      this.control('fund', { address, sun: sun.toString() });
      return { key, address };
    };
    for (const trx of STAKES_TRX) {
      const { key, address } = account(1_000n * UNIT);
      this.keys.set(address, key);
      this.wallets.push(address);
      this.control('stake', { address, sun: (trx * UNIT).toString(), resource: 'ENERGY' });
    }
    for (let made = 0; made < RECEIVERS; made += 1) this.receivers.push(account(UNIT).address);
    for (let made = 0; made < 2 * SOLID_LAG; made += 1) this.block();
    await this.database.transaction(operator, async (em) => {
      const walletIds = this.wallets.map(() => ids.next());
      await query(
        em,
        `insert into wallets (id, address, label, state)
         select id, address, address, 'ACTIVE' from unnest($1::uuid[], $2::text[]) as w(id, address)`,
        [walletIds, this.wallets],
      );
      await query(
        em,
        `insert into wallet_keys (wallet_id, sealed, recipient)
         select id, address, 'simulation' from unnest($1::uuid[], $2::text[]) as w(id, address)`,
        [walletIds, this.wallets],
      );
      for (const [index, trx] of FUNDS_TRX.entries()) {
        const telegramId = BigInt(1_000 + index);
        const [user] = await ensureUsers(em, ids, [{ by: 'telegramId', telegramId }]);
        const { id } = present(user, 'user');
        const accounts = await userAccounts(em, [id], 'TRX', { lock: false });
        const counterpart = await systemAccount(em, 'desk.adjustments', 'TRX');
        const amount = trx * UNIT;
        await postTransfers(em, operator, [
          {
            kind: 'adjustment',
            reference: ids.next(),
            postings: [
              { account: present(accounts.get(id), 'accounts').available.id, amount },
              { account: counterpart, amount: -amount },
            ],
          },
        ]);
        this.users.push({ telegramId, fundsSun: amount });
      }
    });
  }

  /** The next block; the process's and the database's clocks follow the chain's. */
  block(): void {
    this.control('step');
    this.clock.time = Math.max(this.clock.time, this.local.chain.head.timestamp);
  }

  /** What the control endpoint answers. @throws when it refuses */
  control(name: string, body: object = {}): unknown {
    const { status, body: text } = this.#control.answer('POST', `/devnet/${name}`, body);
    assert(status === 200 && typeof text === 'string', `/devnet/${name} works`);
    return JSON.parse(text);
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
}

function isExplained(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 6; depth += 1) {
    if (current instanceof DomainError || current instanceof NodeFault) return true;
    if (current instanceof Interrupted) return true;
    current = current.cause ?? (current as { previous?: unknown }).previous;
  }
  return false;
}
