import pg from 'pg';
import type { RowContext } from '../row.ts';

/** How durable the server is, in its own words. */
export interface Durability {
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly fullPageWrites: string;
  readonly version: string;
}

let made = 0;

/**
 * A fresh clone of the migrated database for this row; dropped at its end, whoever is connected.
 * @returns the owner's address
 * @throws when the server does not write every commit down before it answers
 */
export async function cloneDatabase(context: RowContext): Promise<string> {
  const { postgresUrl, template, defer } = context;
  requireDurable(await durability(postgresUrl));
  made += 1;
  const name = `bench_${process.pid}_${made}`;
  await asOwner(postgresUrl, `create database ${name} template ${template}`);
  defer(() => asOwner(postgresUrl, `drop database if exists ${name} with (force)`));
  return addressOf(postgresUrl, name);
}

/** The address of another database of the same server. */
export function addressOf(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** One statement, as the owner. @returns its rows */
export async function asOwner<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** As a session of the server's own role sees it, so that no role's setting hides another value. */
export async function durability(url: string): Promise<Durability> {
  const [row] = await asOwner<Record<keyof Durability, string>>(
    url,
    `select current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as "synchronousCommit",
            current_setting('full_page_writes') as "fullPageWrites",
            current_setting('server_version') as version`,
  );
  if (row === undefined) throw new Error('PostgreSQL does not tell its settings');
  return row;
}

function requireDurable({ fsync, synchronousCommit, fullPageWrites }: Durability): void {
  if (fsync === 'on' && synchronousCommit === 'on' && fullPageWrites === 'on') return;
  throw new Error(
    `PostgreSQL is not durable: fsync ${fsync}, synchronous_commit ${synchronousCommit}, full_page_writes ${fullPageWrites}`,
  );
}
