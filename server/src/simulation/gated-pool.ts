import type { Pool, PoolClient, QueryResult } from 'pg';
import pg from 'pg';
import { Bundle } from '../database/bundle.ts';
import { assert } from '../kernel/assert.ts';
import type { Actor, Gate } from './gate.ts';

const BEGINS = /^(begin|start transaction)/;
/** Statements that end a transaction, whatever state it is in; no setting can go before them. */
const ENDS = /^(commit|rollback$)/;
/** Nobody else can see what these do: they go out together with the next statement. */
const PRIVATE = /^select set_config\(/;
/** What a bundle that begins with such a one is called by stands behind it. */
const PRIVATE_FIRST = /^select set_config\([^;]*;\s*/;
/** Takes no lock that anybody else's could stand against. */
const READS =
  /^\s*(select|with)(?!.*(\bfor (no key )?update\b|\bfor share\b|_accounts\(|post_|advisory))/is;

/** A connection that some process holds. */
interface Held {
  /** Begun by the process. */
  open: boolean;
  /** Begun in PostgreSQL too: its locks may stand in others' way. */
  begun: boolean;
  /** What PostgreSQL has not heard yet. */
  unsaid: string[];
  /** The statement under way can be taken back alone. */
  guarded: boolean;
  /** Its last bundle was asked: nothing but its end may follow. */
  last: boolean;
}

/**
 * Stands between the desk and PostgreSQL: each statement waits for its turn, runs at the simulated
 * time, and is undone with its transaction when its process dies.
 */
export class GatedPool {
  readonly #gate: Gate;
  readonly #now: () => number;
  readonly #held = new Map<Actor, Map<PoolClient, Held>>();
  readonly #timeOf = new WeakMap<PoolClient, number>();
  readonly #names = new Map<string, string>();
  /** Connections with a transaction that PostgreSQL has begun. */
  readonly #begun = new Set<PoolClient>();

  constructor(gate: Gate, now: () => number) {
    this.#gate = gate;
    this.#now = now;
  }

  /** Replaces the pool's way to lend connections. */
  readonly stand = (pool: Pool): void => {
    // What only this connection sees goes out in one go with the statement behind it.
    // A process that stands still is no reason to break its transaction: how long is not repeatable.
    const options = `${pool.options.options ?? ''} -c idle_in_transaction_session_timeout=0`;
    Object.assign(pool.options, { pipeline: true, idleTimeoutMillis: 0, options });
    const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
    Object.assign(pool, {
      connect: async () => this.#wrap(await this.#gate.unseen(connect)),
    });
  };

  /** A dead process's transactions are rolled back and its connections are free again. */
  async bury(actor: Actor): Promise<void> {
    for (const client of this.#held.get(actor)?.keys() ?? []) {
      await this.#rollBack(client);
      client.release();
    }
    this.#held.delete(actor);
  }

  #wrap(client: PoolClient): object {
    const actor = this.#gate.currentActor();
    const held: Held = { open: false, begun: false, unsaid: [], guarded: false, last: false };
    const all = actor && this.#heldBy(actor);
    all?.set(client, held);
    const pid = (client as unknown as { processID: number }).processID;
    const settled = (command: string): Partial<QueryResult> => ({ command, rows: [], rowCount: 0 });
    return {
      processID: pid,
      query: (sql: string, parameters: unknown[] = []): Promise<unknown> => {
        assert(!held.last || ENDS.test(sql), 'nothing is asked behind the last of a transaction');
        held.last = parameters[0] instanceof Bundle && parameters[0].isLast;
        if (BEGINS.test(sql)) {
          held.open = true;
          held.unsaid = [sql];
          return Promise.resolve(settled('BEGIN'));
        }
        if (held.open && PRIVATE.test(sql) && !(parameters[0] instanceof Bundle)) {
          held.unsaid.push(inline(sql, parameters));
          return Promise.resolve(settled('SELECT'));
        }
        if (ENDS.test(sql) && !held.begun) {
          held.open = false;
          return Promise.resolve(settled('COMMIT'));
        }
        const reads = READS.test(sql);
        return this.#gate.pass(
          'sql',
          shorten(sql),
          () => this.#query(client, held, sql, parameters),
          {
            pid,
            releases: ENDS.test(sql),
            mayWait: () => !reads && !ENDS.test(sql) && this.#othersBegun(client),
            undo: () => {
              this.#timeOf.delete(client);
              if (!held.begun) return Promise.resolve();
              // An older savepoint of that name would take back more than this statement.
              assert(held.guarded, 'what is ended in a transaction has a savepoint before it');
              return client.query('rollback to savepoint before');
            },
          },
        );
      },
      release: () => {
        all?.delete(client);
        if (!held.begun) {
          client.release();
          return;
        }
        // A connection that broke takes its transaction with it.
        void this.#gate.unseen(() => this.#rollBack(client)).finally(() => client.release());
      },
    };
  }

  #heldBy(actor: Actor): Map<PoolClient, Held> {
    const known = this.#held.get(actor);
    if (known) return known;
    const held = new Map<PoolClient, Held>();
    this.#held.set(actor, held);
    return held;
  }

  #othersBegun(client: PoolClient): boolean {
    return this.#begun.size > (this.#begun.has(client) ? 1 : 0);
  }

  async #rollBack(client: PoolClient): Promise<void> {
    this.#timeOf.delete(client);
    this.#begun.delete(client);
    await client.query('rollback');
    this.#gate.lookAgainSoon();
  }

  async #query(
    client: PoolClient,
    held: Held,
    sql: string,
    parameters: unknown[],
  ): Promise<unknown> {
    const now = this.#now();
    const before = held.unsaid.splice(0);
    if (ENDS.test(sql)) {
      held.open = held.begun = false;
      // A rollback takes the setting back too.
      this.#timeOf.delete(client);
      try {
        const { command } = await client.query(sql);
        assert(/^rollback/i.test(sql) || command === 'COMMIT', 'what is committed has not failed');
        return { command, rows: [], rowCount: 0 };
      } finally {
        this.#begun.delete(client);
      }
    }
    if (held.open && !held.begun) {
      held.begun = true;
      this.#begun.add(client);
    }
    if (this.#timeOf.get(client) !== now) {
      this.#timeOf.set(client, now);
      before.push(`select set_config('desk.now', '${new Date(now).toISOString()}', false)`);
    }
    held.guarded = held.begun && this.#gate.oneWaits;
    if (held.guarded) before.push('savepoint before');
    const first = before.length > 0 ? client.query(before.join(';')) : undefined;
    const [result] = await Promise.all([
      client.query({ name: this.#nameOf(sql), text: sql, values: parameters.map(withoutCommit) }),
      first,
    ]);
    if (held.guarded) held.unsaid.push('release savepoint before');
    return result;
  }

  /** A statement is parsed once per connection, and planned once. */
  #nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `statement ${this.#names.size + 1}`;
    this.#names.set(sql, name);
    return name;
  }
}

/** A commit is a step of its own here, so that something can happen before it. */
function withoutCommit(value: unknown): unknown {
  return value instanceof Bundle ? new Bundle(value.statements) : value;
}

function inline(sql: string, parameters: readonly unknown[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, place: string) =>
    pg.escapeLiteral(String(parameters[Number(place) - 1])),
  );
}

function shorten(sql: string): string {
  return sql.replace(PRIVATE_FIRST, '').slice(0, 200).replace(/\s+/g, ' ').trim().slice(0, 60);
}
