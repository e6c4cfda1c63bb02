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

const TEMPLATE = 'bench_template';
const DATA = 'postgres';
/** Folders of runs: this and the process id. */
const RUN = 'run-';

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
    const { dataDir } = await findHome(path.join(left, DATA));
    await stopLeftBehind(dataDir, () => undefined);
    await rm(dataDir, { recursive: true, force: true });
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

/** Starts PostgreSQL as `npm start` does, durable, on data of its own below the folder. */
export async function startBenchPostgres(folder: string): Promise<BenchPostgres> {
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
      port: await freePort(),
      log: () => undefined,
      database: TEMPLATE,
    });
    await migrate(server.url, referenceData);
    // Before what a row has left is checked, its tables are analyzed; the desk's own role owns none.
    await asOwner(server.url, 'grant maintain on all tables in schema public to energy_desk');
    const url = new URL(server.url);
    url.pathname = '/postgres';
    return { url: url.href, template: TEMPLATE, stop };
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
