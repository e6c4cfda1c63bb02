import pg from 'pg';
import type { Pool } from 'pg';
import { Latencies } from '../measure/latency.ts';

/** A statement as it was run for some work, with what it took. */
export interface WatchedStatement {
  readonly work: string;
  readonly text: string;
  /** Of the last run. */
  readonly values: readonly unknown[];
  readonly latency: Latencies;
}

interface Seen {
  values: readonly unknown[];
  readonly latency: Latencies;
}

const NOT_WORK = /^\s*(begin|commit|rollback|savepoint|release|set |start )/i;

/** Sees each statement that goes over a pool. */
export class StatementWatch {
  readonly #seen = new Map<string, Map<string, Seen>>();
  #work = new Map<string, Seen>();
  #on = false;

  /** For `onPool`: stands between the pool's connections and the server. */
  readonly onPool = (pool: Pool): void => {
    pool.on('connect', (client) => {
      const run = client.query.bind(client) as (...args: unknown[]) => unknown;
      // One that goes out together with others begins when the one before it is answered.
      let answered = 0;
      const watched = (...args: unknown[]): unknown => {
        const sent = performance.now();
        const result = run(...args);
        const [text, values] = statementOf(args);
        if (!this.#on || !(result instanceof Promise)) return result;
        const done = (): void => {
          const begin = Math.max(sent, answered);
          answered = performance.now();
          if (text !== '' && !NOT_WORK.test(text)) this.#note(text, values, answered - begin);
        };
        void result.then(done, () => undefined);
        return result;
      };
      Object.assign(client, { query: watched });
    });
  };

  /** Looks from now on, at what is done for this work. */
  begin(work: string): void {
    this.#work = this.#seen.get(work) ?? new Map<string, Seen>();
    this.#seen.set(work, this.#work);
    this.#on = true;
  }

  /** @returns all that it saw; it looks no longer */
  end(): WatchedStatement[] {
    this.#on = false;
    return [...this.#seen].flatMap(([work, statements]) =>
      [...statements].map(([text, rest]) => ({ work, text, ...rest })),
    );
  }

  #note(text: string, values: readonly unknown[], milliseconds: number): void {
    const known = this.#work.get(text) ?? { values, latency: new Latencies() };
    known.values = values;
    known.latency.record(milliseconds);
    this.#work.set(text, known);
  }
}

function statementOf([first, second]: unknown[]): [string, readonly unknown[]] {
  if (typeof first === 'string') return [first, Array.isArray(second) ? second : []];
  const { text = '', values = [] } = (first ?? {}) as { text?: string; values?: unknown[] };
  return [text, values];
}

/** Tables that a plan would read from one end to the other, of those with many rows. */
export async function scannedTables(
  owner: pg.Client,
  { text, values }: WatchedStatement,
  large: ReadonlySet<string>,
): Promise<string[]> {
  if (!/^\s*(select|with|insert|update|delete)/i.test(text)) return [];
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values]);
  return rows.flatMap((row) => {
    const table = /Seq Scan on (\w+)/.exec(row['QUERY PLAN'])?.[1];
    return table !== undefined && large.has(table) ? [table] : [];
  });
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Runs a statement that changes nothing. @returns how many rows of tables it looks at */
export async function rowsRead(
  owner: pg.Client,
  { text, values }: WatchedStatement,
): Promise<number> {
  const { rows } = await owner.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (analyze, format json) ${text}`,
    [...values],
  );
  const count = (plan: Plan): number => {
    const read = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
    const own = plan['Node Type'].endsWith('Scan') ? read * plan['Actual Loops'] : 0;
    return (plan.Plans ?? []).reduce((all, below) => all + count(below), own);
  };
  return rows.flatMap((row) => row['QUERY PLAN']).reduce((all, one) => all + count(one.Plan), 0);
}

/** Tables that have at least this many rows, by the planner's knowledge. */
export async function largeTables(owner: pg.Client, rows: number): Promise<Set<string>> {
  const found = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and reltuples >= $1`,
    [rows],
  );
  return new Set(found.rows.map(({ name }) => name));
}
