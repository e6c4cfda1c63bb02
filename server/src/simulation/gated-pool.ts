import type { Pool, PoolClient } from 'pg';
import type { Actor, Gate } from './gate.ts';

/** Statements that end a transaction, whatever state it is in; no setting can go before them. */
const ENDS = /^(commit|rollback)/;

/**
 * Stands between the desk and PostgreSQL: each statement waits for its turn, runs at the simulated
 * time, and is undone with its transaction when its process dies.
 */
export class GatedPool {
  readonly #gate: Gate;
  readonly #now: () => number;
  readonly #held = new Map<Actor, Set<PoolClient>>();
  readonly #timeOf = new WeakMap<PoolClient, number>();

  constructor(gate: Gate, now: () => number) {
    this.#gate = gate;
    this.#now = now;
  }

  /** Replaces the pool's way to lend connections. */
  readonly stand = (pool: Pool): void => {
    const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
    Object.assign(pool, {
      connect: async () => this.#wrap(await this.#gate.unseen(connect)),
    });
  };

  /** A dead process's transactions are rolled back and its connections are free again. */
  async bury(actor: Actor): Promise<void> {
    for (const client of this.#held.get(actor) ?? []) {
      await client.query('rollback');
      this.#timeOf.delete(client);
      client.release();
    }
    this.#held.delete(actor);
  }

  #wrap(client: PoolClient): object {
    const actor = this.#gate.currentActor();
    const held = actor && this.#heldBy(actor);
    held?.add(client);
    let open = false;
    const query = async (sql: string, parameters: unknown[]): Promise<unknown> => {
      if (/^(begin|start transaction)/.test(sql)) open = true;
      const result = await this.#query(client, sql, parameters);
      if (ENDS.test(sql)) open = false;
      return result;
    };
    const pid = (client as unknown as { processID: number }).processID;
    return {
      processID: pid,
      query: (sql: string, parameters: unknown[]) =>
        this.#gate.pass('sql', shorten(sql), () => query(sql, parameters), true, pid),
      release: () => {
        held?.delete(client);
        // A connection that broke takes its transaction with it.
        const end = open ? client.query('rollback') : Promise.resolve();
        if (open) this.#timeOf.delete(client);
        void end.finally(() => client.release());
      },
    };
  }

  #heldBy(actor: Actor): Set<PoolClient> {
    const known = this.#held.get(actor);
    if (known) return known;
    const held = new Set<PoolClient>();
    this.#held.set(actor, held);
    return held;
  }

  async #query(client: PoolClient, sql: string, parameters: unknown[]): Promise<unknown> {
    const now = this.#now();
    if (ENDS.test(sql)) {
      // A rollback takes the setting back too.
      this.#timeOf.delete(client);
    } else if (this.#timeOf.get(client) !== now) {
      await client.query(`select set_config('desk.now', $1, false)`, [new Date(now).toISOString()]);
      this.#timeOf.set(client, now);
    }
    return client.query(sql, parameters);
  }
}

function shorten(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().slice(0, 60);
}
