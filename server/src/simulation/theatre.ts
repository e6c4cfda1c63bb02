import pg from 'pg';
import { Database } from '../database/database.ts';
import { Gate } from './gate.ts';
import { GatedPool } from './gated-pool.ts';
import { Stage } from './stage.ts';
import { VirtualClock } from './virtual-clock.ts';

export const GENESIS_MS = Date.UTC(2027, 0, 1);
const SETTINGS = [
  // A wait for a lock is a deadlock at once or never: histories then repeat exactly.
  `deadlock_timeout = '1ms'`,
  // Nothing here is worth keeping, and every statement is met thousands of times.
  'synchronous_commit = off',
  'jit = off',
  'plan_cache_mode = force_generic_plan',
];
/** As many transactions at once as no history reaches. */
const CONNECTIONS = 60;

interface TheatreParts {
  readonly owner: pg.Client;
  readonly gate: Gate;
  readonly pool: GatedPool;
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly stage: Stage;
}

/** What outlives a history: PostgreSQL, and the way to it. */
export class Theatre {
  readonly gate: Gate;
  readonly pool: GatedPool;
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly stage: Stage;
  readonly #owner: pg.Client;

  private constructor({ owner, gate, pool, clock, database, stage }: TheatreParts) {
    this.#owner = owner;
    this.gate = gate;
    this.pool = pool;
    this.clock = clock;
    this.database = database;
    this.stage = stage;
  }

  /** @param url owner's address of a migrated database that nobody has used, and nobody else uses */
  static async open(url: string): Promise<Theatre> {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    const name = owner.escapeIdentifier(new URL(url).pathname.slice(1));
    for (const setting of SETTINGS) await owner.query(`alter database ${name} set ${setting}`);
    const gate = new Gate({
      async blockers(pids) {
        const { rows } = await owner.query<{ pid: number; blockers: number[] }>({
          name: 'blockers',
          text: `select pid, blockers from unnest($1::int[]) as p(pid), pg_blocking_pids(p.pid) as blockers
                 where cardinality(blockers) > 0`,
          values: [pids],
        });
        return new Map(rows.map(({ pid, blockers }) => [pid, blockers]));
      },
      cancel: (pids) =>
        owner.query(`select pg_cancel_backend(pid) from unnest($1::int[]) pid`, [pids]),
    });
    const clock = new VirtualClock(gate, GENESIS_MS);
    const pool = new GatedPool(gate, () => clock.time);
    const database = await Database.connect({
      url,
      poolSize: CONNECTIONS,
      entities: [],
      clock,
      random: { bytes: (count) => Buffer.alloc(count), below: () => 0 },
      onPool: pool.stand,
    });
    const stage = await Stage.of(owner);
    return new Theatre({ owner, gate, pool, clock, database, stage });
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.#owner.end();
  }
}
