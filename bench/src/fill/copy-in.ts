import { once } from 'node:events';
import type { Writable } from 'node:stream';
import pg from 'pg';

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

/** Rows on their way into one table, on a connection of its own; no trigger fires and no key is looked up. */
export class CopyIn {
  readonly #client: pg.Client;
  readonly #query: CopyQuery;
  readonly #connection: CopyConnection;

  private constructor(client: pg.Client, query: CopyQuery, connection: CopyConnection) {
    this.#client = client;
    this.#query = query;
    this.#connection = connection;
  }

  /** @param columns in the order in which each line has them */
  static async begin(url: string, table: string, columns: string): Promise<CopyIn> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('set session_replication_role = replica');
    const query = new CopyQuery(`copy ${table} (${columns}) from stdin`);
    client.query(query);
    return new CopyIn(client, query, await query.ready.promise);
  }

  /** Lines of COPY's text format; waits while PostgreSQL does not keep up. */
  async write(lines: string): Promise<void> {
    const { stream } = this.#connection;
    this.#connection.sendCopyFromChunk(Buffer.from(lines));
    if (stream.writableNeedDrain)
      await Promise.race([once(stream, 'drain'), this.#query.done.promise]);
  }

  /** @throws what PostgreSQL did not like about the rows */
  async end(): Promise<void> {
    try {
      this.#connection.endCopyFrom();
      await this.#query.done.promise;
    } finally {
      await this.#client.end();
    }
  }
}
