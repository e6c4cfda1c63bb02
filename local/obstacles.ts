import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { EnvironmentError, readEnvironment } from '../server/src/environment.ts';
import type { Options } from './options.ts';
import { Obstacle } from './say.ts';

/** @throws Obstacle when something else listens on the port. */
export async function requireFreePort(port: number, who: string, variable: string): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') {
      throw new Obstacle(
        `Port ${port}, which ${who} needs, is not for this account: choose one above 1023 with ${variable}=${port + 8000} npm start.`,
        { cause: error },
      );
    }
    throw new Obstacle(
      `Port ${port}, which ${who} needs, is taken by another program: stop that, or choose another port with ${variable}=${port + 1} npm start.`,
      { cause: error },
    );
  }
  server.close();
  await once(server, 'close');
}

/** Makes the data folder. @throws Obstacle when it cannot be written to. */
export async function requireWritable(folder: string): Promise<void> {
  try {
    // Others may pass through (PostgreSQL's account has to), and see nothing.
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const probe = path.join(folder, `.probe-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Obstacle(
      `The data folder ${folder} cannot be written to (${code ?? 'no reason told'}): make it writable, or choose another with DATA_DIR=/some/folder npm start.`,
      { cause: error },
    );
  }
}

/** @throws Obstacle when the address in DATABASE_URL is none, or no database answers there. */
export async function requireDatabase(url: string): Promise<void> {
  const remedy = 'correct it, or leave it out and npm start brings its own PostgreSQL.';
  try {
    readEnvironment({
      DATABASE_URL: url,
      TRON_NETWORK: 'local',
      TRON_NODES: 'http://x',
      ROLES: 'watcher',
    });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new Obstacle(
      `DATABASE_URL is no address of a PostgreSQL database (postgres://user:password@host:5432/name): ${remedy}`,
      { cause: error },
    );
  }
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = reasonOf(error);
    throw new Obstacle(
      `The database ${host}${pathname} of DATABASE_URL cannot be used (${reason}): ${remedy}`,
      {
        cause: error,
      },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  // A host name with several addresses fails once for each.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return one instanceof Error ? one.message : String(one);
}

/** Everything that can be known before anything is started. */
export async function requireRoom(options: Options): Promise<void> {
  const ports = [options.port, options.devnetPort, options.postgresPort];
  if (new Set(ports).size < ports.length) {
    throw new Obstacle(
      `PORT, DEVNET_PORT and POSTGRES_PORT are ${ports.join(', ')}: give three different ports.`,
    );
  }
  await requireFreePort(options.port, 'the console', 'PORT');
  await requireFreePort(options.devnetPort, 'the local TRON network', 'DEVNET_PORT');
  if (options.databaseUrl === undefined) {
    await requireFreePort(options.postgresPort, 'PostgreSQL', 'POSTGRES_PORT');
  } else {
    await requireDatabase(options.databaseUrl);
  }
}
