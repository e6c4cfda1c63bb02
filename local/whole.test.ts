import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './options.ts';

const patience = { timeout: 240_000, interval: 200 };
let folder: string;
let ports: { PORT: string; DEVNET_PORT: string; POSTGRES_PORT: string };
const started: { child: ChildProcess; said: () => string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-whole-'));
  await chmod(folder, 0o711);
  const [a, b, c] = await freePorts(3);
  ports = { PORT: `${a}`, DEVNET_PORT: `${b}`, POSTGRES_PORT: `${c}` };
});

afterAll(async () => {
  for (const { child } of started) {
    if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  }
  await rm(folder, { recursive: true, force: true });
});

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  return Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      const address = server.address();
      server.close();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
}

/** `npm start` without npm, until it says that it is up. */
async function start(): Promise<string> {
  const child = spawn(process.execPath, [path.join(root, 'local/bootstrap.mjs'), 'start'], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: path.join(folder, 'data'), ...ports },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  }
  const said = (): string => text;
  started.push({ child, said });
  await expect.poll(() => child.exitCode ?? said(), patience).toContain('Ctrl-C stops everything');
  return said();
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

const latest = (): ChildProcess => {
  const run = started.at(-1);
  if (run === undefined) throw new Error('nothing was started');
  return run.child;
};

/** The bodies of the README's curl commands, in their order. */
async function readmeBodies(): Promise<string[]> {
  const text = await readFile(path.join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/-d '([^']+)'/g)].map((match) => match[1] ?? '');
}

interface Placed {
  readonly data: { readonly placeOrder: { readonly id: string; readonly state: string } };
}

async function placeReadmeOrder(apiKey: string): Promise<Placed['data']['placeOrder']> {
  const [body = ''] = await readmeBodies();
  const response = await fetch(`http://127.0.0.1:${ports.PORT}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body,
  });
  const reply = (await response.json()) as Placed & { errors?: unknown };
  expect(reply.errors).toBeUndefined();
  return reply.data.placeOrder;
}

it('brings up a desk that delivers the order of the README, and finds it again', async () => {
  const first = await start();
  expect(first).toMatch(/First operator +\S+@\S+\n +Password +\S+/);
  const apiKey = /API key for a bot +(\S+)/.exec(first)?.[1] ?? '';

  const order = await placeReadmeOrder(apiKey);
  expect(order.state).toBe('PENDING');
  await expect.poll(async () => (await placeReadmeOrder(apiKey)).state, patience).toBe('COMPLETED');
  const [, resourceBody = ''] = await readmeBodies();
  const resource = await fetch(`http://127.0.0.1:${ports.DEVNET_PORT}/wallet/getaccountresource`, {
    method: 'POST',
    body: resourceBody,
  });
  const { EnergyLimit: energy } = (await resource.json()) as { EnergyLimit: number };
  expect(energy).toBeGreaterThanOrEqual(65_000);
  const page = await fetch(`http://127.0.0.1:${ports.PORT}/`);
  expect(await page.text()).toContain('<html');

  // The launcher with the rest of its processes left behind.
  const { pid } = JSON.parse(
    await readFile(path.join(folder, 'data/run/launcher.json'), 'utf8'),
  ) as { pid: number };
  const ended = once(latest(), 'exit');
  process.kill(pid, 'SIGKILL');
  await ended;

  const second = await start();
  expect(second).toContain('Stopping the server that an earlier start left running');
  // What is shown once is not shown again.
  expect(second).not.toContain('Password');
  expect(second).not.toContain('API key');
  expect(await placeReadmeOrder(apiKey)).toMatchObject({ id: order.id, state: 'COMPLETED' });

  expect(await end(latest(), 'SIGTERM')).toBe(0);
  const said = started.at(-1)?.said() ?? '';
  const stops = [...said.matchAll(/Stopping (the server|the local TRON network|PostgreSQL) …/g)];
  expect(stops.map(([, what]) => what)).toEqual([
    'the server',
    'the local TRON network',
    'PostgreSQL',
  ]);
  expect(await readdir(path.join(folder, 'data/run'))).toEqual([]);
}, 600_000);
