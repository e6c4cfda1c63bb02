import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  startThrowawayPostgres,
} from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const asRoot = process.getuid?.() === 0;
let folder: string;
let port: number;
let lines: string[];
const started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-test-'));
  await chmod(folder, 0o711);
  port = await freePort();
  lines = [];
});

afterEach(async () => {
  const servers = started.splice(0);
  for (const server of servers) await server.stop();
  for (const server of servers) {
    await rm(server.dataDir, { recursive: true, force: true });
  }
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function start(dataDir = path.join(folder, 'data')): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, port, log: (line) => lines.push(line) });
  started.push(server);
  return server;
}

async function ask(server: { url: string }, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** A program that starts PostgreSQL and waits, to be killed. */
async function startElsewhere(): Promise<{ kill: () => Promise<void>; url: string; pid: number }> {
  const script = path.join(folder, 'start.ts');
  const source = new URL('embedded-postgres.ts', import.meta.url).pathname;
  await writeFile(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(source)};
     const { url, pid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(path.join(folder, 'data'))}, port: ${port}, log: () => {} });
     console.log(JSON.stringify({ url, pid }));`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { kill, ...(JSON.parse(line) as { url: string; pid: number }) };
}

describe('startEmbeddedPostgres', () => {
  it('is durable, in UTF-8, with a password that only its account may read', async () => {
    const server = await start();
    expect(await ask(server, 'show fsync')).toEqual(['on']);
    expect(await ask(server, 'show synchronous_commit')).toEqual(['on']);
    expect(await ask(server, 'show server_encoding')).toEqual(['UTF8']);
    expect(await ask(server, 'show max_connections')).toEqual(['200']);
    expect(await ask(server, 'show jit')).toEqual(['off']);
    expect(await ask(server, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(await ask(server, 'select current_database()')).toEqual(['energy_desk']);
    const secret = await stat(path.join(server.dataDir, 'desk-password'));
    expect(secret.mode & 0o777).toBe(0o600);
    await expect(
      ask({ url: server.url.replace(/:[^:@]+@/, ':wrong@') }, 'select 1'),
    ).rejects.toThrow(/password authentication failed/);
    expect(lines.join('\n')).not.toContain(new URL(server.url).password);
  });

  it('finds its data again after a stop', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 7 as n');
    await first.stop();
    await first.ended;
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second, 'select n from kept')).toEqual([7]);
  });

  it('recovers what was committed when PostgreSQL itself was killed', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 7 as n');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const second = await start();
    expect(await ask(second, 'select n from kept')).toEqual([7]);
    expect(lines.some((line) => line.includes('not properly shut down'))).toBe(true);
  });

  it('stops a server whose parent was killed, and takes its data over', async () => {
    const elsewhere = await startElsewhere();
    await ask(elsewhere, 'create table kept as select 7 as n');
    await elsewhere.kill();
    // It is still there: that is the trap.
    expect(await ask(elsewhere, 'select n from kept')).toEqual([7]);
    const server = await start();
    expect(server.pid).not.toBe(elsewhere.pid);
    expect(await ask(server, 'select n from kept')).toEqual([7]);
  });

  it('leaves a process alone that has the pid of a dead server by chance', async () => {
    const first = await start();
    await first.stop();
    const bystander = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      const pidFile = path.join(first.dataDir, 'postmaster.pid');
      await writeFile(pidFile, `${bystander.pid}\n${first.dataDir}\n1\n${port}\n\n127.0.0.1\n`);
      const second = await start();
      expect(await ask(second, 'select 1')).toEqual([1]);
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  it('makes the data folder anew when the first attempt was cut off', async () => {
    await writeFile(path.join(folder, 'data.password'), 'half');
    const server = await start();
    expect(await ask(server, 'select 1')).toEqual([1]);
  });

  it('says in one sentence that the port is taken', async () => {
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const failure = await start().catch((error: unknown) => error);
    holder.close();
    expect(failure).toBeInstanceOf(EmbeddedPostgresError);
    expect(failure).toMatchObject({
      code: 'PORT_TAKEN',
      message: `Port ${port}, which PostgreSQL needs, is taken.`,
    });
  });

  it.runIf(asRoot)('as root, shelters the data of a folder that only root may enter', async () => {
    await chmod(folder, 0o700);
    const server = await start();
    expect(server.dataDir).toMatch(/^\/var\/lib\/energy-desk\/[0-9a-f]{12}\//);
    expect(await ask(server, 'select 1')).toEqual([1]);
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0\s/m);
  });
});

describe('startThrowawayPostgres', () => {
  it('removes itself, and what a killed run left behind', async () => {
    // The pid of a process that has ended for certain.
    const ended = spawn('true');
    await once(ended, 'exit');
    const leftBehind = path.join(tmpdir(), `energy-desk-postgres-${ended.pid}-x`);
    const left = await startEmbeddedPostgres({
      dataDir: path.join(await entered(leftBehind), 'data'),
      port,
      log: () => undefined,
      durable: false,
    });

    const server = await startThrowawayPostgres();
    await left.ended;
    expect(existsSync(leftBehind)).toBe(false);
    expect(await ask(server, 'show fsync')).toEqual(['off']);
    await server.stop();
    expect(existsSync(server.dataDir)).toBe(false);
  });
});

async function entered(place: string): Promise<string> {
  await mkdir(place);
  await chmod(place, 0o711);
  return place;
}
