import { once } from 'node:events';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../server/src/database/embedded-postgres.ts';
import { findHome } from '../../../server/src/database/embedded-postgres-home.ts';
import { stopLeftBehind } from '../../../server/src/database/embedded-postgres-left-behind.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { referenceData } from '../../../server/src/reference-data.ts';
import { asOwner } from './bench-database.ts';

/** The server that all rows of a run share, with a migrated, empty database that they clone. */
export interface BenchPostgres {
  /** Owner's address of the maintenance database. */
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

/** A server of one row's own, to fill large tables on before they are worked on. */
export interface FillingPostgres extends BenchPostgres {
  /** Starts it again as `npm start` does, at the same address. */
  serve(): Promise<void>;
}

const TEMPLATE = 'bench_template';
const DATA = 'postgres';
/** Folders of runs: this and the process id. */
const RUN = 'run-';
const FILLING = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  // It would look at tables that are not whole yet.
  autovacuum: 'off',
};

/**
 * The folder of this run. What runs have left behind that were killed is ended and removed first.
 * @param folder of all runs
 */
export async function openRunFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(RUN) ? Number(name.slice(RUN.length)) : Number.NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const left = path.join(folder, name);
    for (const row of await readdir(left)) await removeServer(path.join(left, row));
    await removeServer(left);
    await rm(left, { recursive: true, force: true });
  }
  const own = path.join(folder, `${RUN}${process.pid}`);
  await mkdir(own, { recursive: true });
  return own;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ends the server that was started below this folder, if there is one, and removes its data. */
export async function removeServer(folder: string): Promise<void> {
  const { dataDir } = await findHome(path.join(folder, DATA));
  await stopLeftBehind(dataDir, () => undefined);
  await rm(dataDir, { recursive: true, force: true });
}

/** Starts PostgreSQL as `npm start` does, durable, on data of its own below the folder. */
export async function startBenchPostgres(folder: string): Promise<BenchPostgres> {
  const { url, stop } = await startServer(folder, {});
  return { url, template: TEMPLATE, stop };
}

/**
 * The same with no log of what fills a table, whose file is synchronised at the commit instead. What is
 * filled is an ordinary table afterwards.
 */
export async function startFillingPostgres(folder: string): Promise<FillingPostgres> {
  const first = await startServer(folder, FILLING);
  let { stop } = first;
  return {
    url: first.url,
    template: TEMPLATE,
    stop: () => stop(),
    async serve() {
      await first.server.stop();
      ({ stop } = await startServer(folder, {}, first.server.port));
    },
  };
}

async function startServer(
  folder: string,
  settings: Readonly<Record<string, string>>,
  port?: number,
): Promise<{ server: EmbeddedPostgres; url: string; stop: () => Promise<void> }> {
  await mkdir(folder, { recursive: true });
  // PostgreSQL may have to enter it as another account.
  await chmod(folder, 0o711);
  const dataDir = path.join(folder, DATA);
  let server: EmbeddedPostgres | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    await rm(server?.dataDir ?? dataDir, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  try {
    server = await startEmbeddedPostgres({
      dataDir,
      port: port ?? (await freePort()),
      log: () => undefined,
      database: TEMPLATE,
      settings,
    });
    if (port === undefined) {
      await migrate(server.url, referenceData);
      // Before what a row has left is checked, its tables are analyzed; the desk's own role owns none.
      await asOwner(server.url, 'grant maintain on all tables in schema public to energy_desk');
    }
    const url = new URL(server.url);
    url.pathname = '/postgres';
    return { server, url: url.href, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A TCP port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
