import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { assert } from '../kernel/assert.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { isDisconnected, isRepeatable } from './database-errors.ts';
import { prepared } from './bundle.ts';
import { guardPool } from './guard-pool.ts';
import { query } from './query.ts';

export type { EntityManager } from '@mikro-orm/postgresql';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly entities: readonly EntityClass<object>[];
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Longest silence of PostgreSQL, longest statement, and longest wait for a free connection, in
   * milliseconds. What takes longer is an error like a connection that broke.
   */
  readonly timeoutMs?: number;
  /** Sees the pool before its first connection: a simulation stands between the desk and PostgreSQL. */
  readonly onPool?: (pool: Pool) => void;
}

/** Attempts of one transaction before its error reaches the caller. */
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 5;

const TIMEOUT_MS = 30_000;
/** PostgreSQL gives up first where it lives: its error leaves the connection usable. */
const GRACE_MS = 1_000;

const NAMES = `set_config('desk.actor', $1, true), set_config('desk.cause', $2, true)`;
const BEGINS = prepared(`select ${NAMES}`);
const BEGINS_HOT = prepared(
  `select ${NAMES}, set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('enable_seqscan', 'off', true)`,
);

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

/** PostgreSQL as the server sees it: one pool, one way of opening a transaction. */
export class Database {
  readonly orm: MikroORM;
  readonly #clock: Clock;
  readonly #random: Random;

  private constructor(orm: MikroORM, options: DatabaseOptions) {
    this.orm = orm;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** Connects as the role energy_desk, which owns nothing. */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const { timeoutMs = TIMEOUT_MS } = options;
    const orm = await MikroORM.init({
      clientUrl: options.url,
      entities: [...options.entities],
      discovery: { warnWhenNoEntities: false },
      pool: { min: 0, max: options.poolSize },
      driverOptions: {
        // A process that froze within a transaction may not keep its locks for ever.
        options: `-c role=energy_desk -c timezone=UTC -c idle_in_transaction_session_timeout=60000 -c statement_timeout=${timeoutMs}`,
        application_name: 'energy-desk',
        connectionTimeoutMillis: timeoutMs,
        keepAlive: true,
        onPoolCreated: (pool: Pool) => {
          parseTypes(pool);
          guardPool(pool, timeoutMs + GRACE_MS);
          options.onPool?.(pool);
        },
      },
    });
    return new Database(orm, options);
  }

  /** An entity manager for reading; what it reads may be a moment old and decides nothing about money. */
  read(): EntityManager {
    return this.orm.em.fork();
  }

  /**
   * Runs the work in one transaction in the actor's name. Deadlocks, serialization failures and
   * lost races for a unique key are tried again from the start, so the work must have no effect
   * outside the database. When the connection breaks, the outcome is unknown and the error is thrown.
   */
  transaction<T>(actor: Actor, work: (em: EntityManager) => Promise<T>, cause = ''): Promise<T> {
    return this.#transaction(BEGINS, actor, work, cause);
  }

  /**
   * Like `transaction`, for the few that run all the time on little at once. Their prepared statements
   * are planned once a connection, for any values and by indexes, however small the tables were then.
   * PostgreSQL by itself plans each call anew: of a list that it does not know it expects ten members,
   * and finds that dear.
   *
   * What the work asks first goes out with the transaction's beginning, so it must be a reading: should
   * only `begin` fail, nothing is written.
   */
  hotTransaction<T>(actor: Actor, work: (em: EntityManager) => Promise<T>, cause = ''): Promise<T> {
    return this.#transaction(BEGINS_HOT, actor, work, cause);
  }

  async #transaction<T>(
    begins: string,
    actor: Actor,
    work: (em: EntityManager) => Promise<T>,
    cause: string,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.orm.em.fork().transactional(async (em) => {
          const named = query(em as EntityManager, begins, [formatActor(actor), cause]);
          if (begins !== BEGINS_HOT) await named;
          return behind(named, work(em));
        });
      } catch (error) {
        if (tries === MAX_TRIES || !isRepeatable(error)) throw error;
        await delay(this.#clock, this.#random.below(FIRST_PAUSE_MS * 2 ** tries));
      }
    }
  }

  /** Whether PostgreSQL answers, and how long it takes. */
  async ping(): Promise<{ up: boolean; milliseconds: number; detail?: string }> {
    const start = this.#clock.monotonic();
    try {
      await query(this.read(), 'select 1');
      return { up: true, milliseconds: this.#clock.monotonic() - start };
    } catch (error) {
      const detail = isDisconnected(error) ? 'cannot be reached' : 'answers with an error';
      return { up: false, milliseconds: this.#clock.monotonic() - start, detail };
    }
  }

  close(): Promise<void> {
    return this.orm.close();
  }
}

/** The work's result, once both have ended; the error of what stands before it comes first. */
async function behind<T>(named: Promise<unknown>, work: Promise<T>): Promise<T> {
  const [before, done] = await Promise.allSettled([named, work]);
  if (before.status === 'rejected') throw before.reason;
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}

/** Names why the following writes of this transaction happen; it is stored with each change of state. */
export async function because(em: EntityManager, cause: string): Promise<void> {
  await query(em, `select set_config('desk.cause', $1, true)`, [cause]);
}

interface TypeParsers {
  setTypeParser(oid: number, parse: (text: string) => unknown): void;
}

function hasParsers(types: unknown): types is TypeParsers {
  return typeof types === 'object' && types !== null && 'setTypeParser' in types;
}

/** Raw SQL then answers in the types the ORM's entities have. */
function parseTypes(pool: Pool): void {
  const { types } = pool.options;
  assert(hasParsers(types), 'the pool takes type parsers');
  types.setTypeParser(INT8, BigInt);
  types.setTypeParser(NUMERIC, (text) => text);
  types.setTypeParser(TIMESTAMPTZ, (text) => new Date(text));
}
