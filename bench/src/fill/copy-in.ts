import type { Writable } from 'node:stream';
import pg from 'pg';
import { END_OF_ROWS } from './binary-rows.ts';

/** PostgreSQL's message of data, which pg would copy twice. */
const COPY_DATA = 0x64;
const LENGTH = 4;

/** What the pg package's connection can do for COPY, which its types leave out. */
interface CopyConnection {
  readonly stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** The part of a query that pg's client calls while COPY … FROM STDIN runs. */
class CopyQuery {
  readonly ready = Promise.withResolvers<CopyConnection>();
  readonly done = Promise.withResolvers<undefined>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.ready.promise.catch(() => undefined);
    this.done.promise.catch(() => undefined);
  }

  submit(connection: unknown): void {
    (connection as CopyConnection).query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.ready.resolve(connection);
  }

  handleCommandComplete(): void {
    // The end is told by handleReadyForQuery.
  }

  handleReadyForQuery(): void {
    this.done.resolve(undefined);
  }

  handleError(error: Error): void {
    this.ready.reject(error);
    this.done.reject(error);
  }
}

/**
 * Rows on their way into one table, on a connection of its own; no trigger fires and no key is looked
 * up. They are written as a table has them that was vacuumed since: known to be seen by everybody.
 */
export class CopyIn {
  readonly #client: pg.Client;
  readonly #query: CopyQuery;
  readonly #connection: CopyConnection;
  readonly #triggers: readonly { readonly create: string }[];

  private constructor(
    client: pg.Client,
    query: CopyQuery,
    connection: CopyConnection,
    triggers: readonly { readonly create: string }[],
  ) {
    this.#client = client;
    this.#query = query;
    this.#connection = connection;
    this.#triggers = triggers;
  }

  /**
   * Until the table's indexes are made anew, new rows go into none of them, also not into those of keys:
   * a row's random key somewhere in an index that fits no memory is the slowest way to make one.
   * @param columns in the order in which each row has them
   */
  static async begin(url: string, table: string, columns: string): Promise<CopyIn> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('set session_replication_role = replica');
    await client.query('begin');
    // Only a table whose file is of this transaction takes rows that are seen by everybody.
    await client.query(`cluster ${table} using ${table}_pkey`);
    await client.query(
      `update pg_index set indisready = false, indisvalid = false where indrelid = $1::regclass`,
      [table],
    );
    const { rows: triggers } = await client.query<{ drop: string; create: string }>(
      `select format('drop trigger %I on %s', tgname, tgrelid::regclass) as drop, pg_get_triggerdef(oid) as create
       from pg_trigger where tgrelid = $1::regclass and not tgisinternal`,
      [table],
    );
    // Also one that does not fire makes its statement keep all new rows for it.
    for (const { drop } of triggers) await client.query(drop);
    const query = new CopyQuery(`copy ${table} (${columns}) from stdin (format binary, freeze)`);
    client.query(query);
    return new CopyIn(client, query, await query.ready.promise, triggers);
  }

  /** Rows in COPY's binary format; they are with the system when this returns. */
  async write(rows: Buffer): Promise<void> {
    const { stream } = this.#connection;
    const head = Buffer.from([COPY_DATA, 0, 0, 0, 0]);
    head.writeInt32BE(rows.length + LENGTH, 1);
    stream.write(head);
    await Promise.race([
      new Promise((resolve) => stream.write(rows, resolve)),
      this.#query.done.promise,
    ]);
  }

  /** @throws what PostgreSQL did not like about the rows */
  async end(): Promise<void> {
    try {
      this.#connection.sendCopyFromChunk(END_OF_ROWS);
      this.#connection.endCopyFrom();
      await this.#query.done.promise;
      for (const { create } of this.#triggers) await this.#client.query(create);
      await this.#client.query('commit');
    } finally {
      await this.#client.end();
    }
  }
}
