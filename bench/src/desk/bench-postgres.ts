import { once } from 'node:events';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../server/src/database/embedded-postgres.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { referenceData } from '../../../server/src/reference-data.ts';

/** The server that all rows of a run share, with a migrated, empty database that they clone. */
export interface BenchPostgres {
  /** Owner's address of the maintenance database. */
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

const TEMPLATE = 'bench_template';

/** Starts PostgreSQL as `npm start` does, durable, on data of its own below the folder. */
export async function startBenchPostgres(folder: string): Promise<BenchPostgres> {
  await mkdir(folder, { recursive: true });
  // PostgreSQL may have to enter it as another account.
  await chmod(folder, 0o711);
  const dataDir = path.join(folder, 'postgres');
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
