import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { removeLeftBehind, stopLeftBehind } from './embedded-postgres-left-behind.ts';
import { findHome, handTo, type PostgresHome } from './embedded-postgres-home.ts';
import { memoryOfMachine, postgresSettings } from './embedded-postgres-settings.ts';

const user = 'desk';
const passwordFile = 'desk-password';
/** Folders of throwaway servers: this, the process id of the run, a dash, a random end. */
const throwaway = 'energy-desk-postgres-';

/** A PostgreSQL server that this process started. */
export interface EmbeddedPostgres {
  /** Address of the database, with user and password. */
  readonly url: string;
  readonly port: number;
  /** Where the data is: the wanted folder, or its shelter (see embedded-postgres-home.ts). */
  readonly dataDir: string;
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends all sessions, writes everything down, and ends the server. May be called again. */
  readonly stop: () => Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Gets each line that the server logs. */
  readonly log: (line: string) => void;
  /** The database to make in it; `energy_desk` when left out. */
  readonly database?: string;
  /** False only for throwaway data: a crash of the machine may then lose everything. */
  readonly durable?: boolean;
  /** Settings of PostgreSQL on top of ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL's own programs on a data folder, made at the first start with a random
 * password. A server that a killed process left behind on the same folder is stopped first; after a
 * crash the server recovers by itself before this returns.
 *
 * @throws EmbeddedPostgresError with one sentence that says what stands in the way.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { port, log, database = 'energy_desk', durable = true, settings = {} } = options;
  const home = await findHome(options.dataDir);
  await stopLeftBehind(home.dataDir, log);
  if (!(await exists(path.join(home.dataDir, 'PG_VERSION')))) await initialise(home, durable);
  const password = (await readFile(path.join(home.dataDir, passwordFile), 'utf8')).trim();

  const ours = { ...postgresSettings(memoryOfMachine(), durable), ...settings };
  const child = await launch(home, port, ours, log);
  const ended = once(child, 'exit').then(() => undefined);
  const stop = (): Promise<void> => end(child);
  const address = (name: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  try {
    await ensureDatabase(address('postgres'), database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: address(database), port, dataDir: home.dataDir, pid: child.pid ?? 0, ended, stop };
}

/**
 * A server for one test run: its own folder, a free port, fast and not durable. `stop` removes it
 * all.
 */
export async function startThrowawayPostgres(
  log: (line: string) => void = () => undefined,
): Promise<EmbeddedPostgres> {
  await removeLeftBehind(throwaway);
  const folder = await mkdtemp(path.join(tmpdir(), `${throwaway}${process.pid}-`));
  // mkdtemp makes it for us alone; PostgreSQL may have to enter it as another account.
  await chmod(folder, 0o711);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({
      dataDir: path.join(folder, 'data'),
      port: await freePort(),
      log,
      durable: false,
    });
    return { ...server, stop: () => server.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Made aside and renamed at the end: a half-made data folder is never taken for a whole one. */
async function initialise(home: PostgresHome, durable: boolean): Promise<void> {
  const half = `${home.dataDir}.new`;
  const secret = `${home.dataDir}.password`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await handTo(home.account, half, 0o700);
  await writeFile(secret, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  await handTo(home.account, secret, 0o600);
  const flags = [
    `--pgdata=${half}`,
    `--username=${user}`,
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8: the same order of texts whatever locales the machine has.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(program(home, 'initdb'), flags, childOptions(home));
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error);
    await Promise.all([half, secret].map((target) => rm(target, { recursive: true, force: true })));
    throw new EmbeddedPostgresError(
      'BROKEN',
      `PostgreSQL could not make its data folder ${home.dataDir} (${said}).`,
      { cause: error },
    );
  }
  await rename(secret, path.join(half, passwordFile));
  // An empty folder that was there already would stand in the way.
  await rm(home.dataDir, { recursive: true, force: true });
  await rename(half, home.dataDir);
}

const program = (home: PostgresHome, name: string): string => path.join(home.programs, 'bin', name);

const childOptions = (home: PostgresHome) => ({
  ...home.account,
  cwd: '/',
  env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
});

async function launch(
  home: PostgresHome,
  port: number,
  more: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...more,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A group of its own: Ctrl-C in a terminal reaches the whole group, and the database must be the
  // last to stop.
  const child = spawn(
    program(home, 'postgres'),
    ['-D', home.dataDir, '-p', String(port), ...flags],
    {
      ...childOptions(home),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log(line);
      said.push(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    child.once('error', reject);
    // 'close', not 'exit': the last lines say why.
    child.once('close', () => reject(whyNot(said, home, port)));
  });
  return child;
}

function whyNot(said: readonly string[], home: PostgresHome, port: number): EmbeddedPostgresError {
  if (said.some((line) => line.includes('Address already in use'))) {
    return new EmbeddedPostgresError(
      'PORT_TAKEN',
      `Port ${port}, which PostgreSQL needs, is taken.`,
    );
  }
  const reason =
    said.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? said.at(-1) ?? 'no word';
  return new EmbeddedPostgresError(
    'BROKEN',
    `PostgreSQL did not start on ${home.dataDir} (${reason.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')}).`,
  );
}

async function ensureDatabase(address: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Ends the server: politely (fast shutdown), after 20 s at once (it recovers at the next start). */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const hard = setTimeout(() => child.kill('SIGQUIT'), 20_000);
  await ended;
  clearTimeout(hard);
}
