import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from './lock.ts';

let folder: string;
let holder: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-local-'));
  await chmod(folder, 0o711);
});

afterEach(async () => {
  holder?.close();
  holder = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A port that something else listens on until the end of the test. */
async function takenPort(): Promise<number> {
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function start(
  env: Readonly<Record<string, string>>,
  ...flags: string[]
): Promise<{ code: number | null; sentence: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'start.ts'), ...flags], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: path.join(folder, 'data'),
      PORT: '41080',
      DEVNET_PORT: '41081',
      POSTGRES_PORT: '41082',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, sentence: said.trim() };
}

describe('npm start tells in one sentence with the remedy', () => {
  it.each([
    ['PORT', 'the console'],
    ['DEVNET_PORT', 'the local TRON network'],
    ['POSTGRES_PORT', 'PostgreSQL'],
  ])('that the port %s is taken', async (variable, who) => {
    const port = await takenPort();
    expect(await start({ [variable]: String(port) })).toEqual({
      code: 1,
      sentence: `Port ${port}, which ${who} needs, is taken by another program: stop that, or choose another port with ${variable}=${port + 1} npm start.`,
    });
  });

  it('that the data folder cannot be written to', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const dataDir = path.join(file, 'data');
    expect(await start({ DATA_DIR: dataDir })).toEqual({
      code: 1,
      sentence: `The data folder ${dataDir} cannot be written to (ENOTDIR): make it writable, or choose another with DATA_DIR=/some/folder npm start.`,
    });
  });

  it('that DATABASE_URL is no address', async () => {
    expect(await start({ DATABASE_URL: 'mysql://root:s3cret@127.0.0.1/desk' })).toEqual({
      code: 1,
      sentence:
        'DATABASE_URL is no address of a PostgreSQL database (postgres://user:password@host:5432/name): correct it, or leave it out and npm start brings its own PostgreSQL.',
    });
  });

  it('that nothing answers at DATABASE_URL, without its password', async () => {
    const port = await takenPort();
    holder?.close();
    const { code, sentence } = await start({
      DATABASE_URL: `postgres://desk:s3cret@127.0.0.1:${port}/desk`,
    });
    expect(code).toBe(1);
    expect(sentence).toBe(
      `The database 127.0.0.1:${port}/desk of DATABASE_URL cannot be used (connect ECONNREFUSED 127.0.0.1:${port}): correct it, or leave it out and npm start brings its own PostgreSQL.`,
    );
  });

  it('that a port is none, is given twice, or a flag is unknown', async () => {
    expect(await start({ PORT: 'eighty' })).toEqual({
      code: 1,
      sentence: "PORT is 'eighty': give a port from 1 to 65535, such as 3000.",
    });
    expect((await start({}, '--port', '41082')).sentence).toBe(
      'PORT, DEVNET_PORT and POSTGRES_PORT are 41082, 41081, 41082: give three different ports.',
    );
    expect((await start({}, '--prot', '1')).sentence).toBe(
      "Of '--prot 1' something is not known: there are --port, --devnet-port, --postgres-port and --data-dir.",
    );
  });

  it('that the desk already runs on the folder', async () => {
    const dataDir = path.join(folder, 'data');
    const lock = await takeLock(dataDir);
    const { code, sentence } = await start({});
    expect(code).toBe(1);
    expect(sentence).toContain(`Energy Desk already runs on ${dataDir} (process ${process.pid})`);
    await lock.release();
  });

  it('and leaves no lock behind', async () => {
    await start({ PORT: String(await takenPort()) });
    expect(await readdir(path.join(folder, 'data', 'run'))).toEqual([]);
  });
});
