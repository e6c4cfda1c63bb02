import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from './testing/local-network.ts';

const main = join(import.meta.dirname, 'main.ts');
let folder: string;
let running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'devnet-'));
});
afterEach(async () => {
  for (const child of running) await end(child, 'SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

function launch(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

/** Starts the program on the test's folder; its address once it listens. */
async function start(...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = launch('--port', '0', '--data', folder, ...args);
  let told = '';
  child.stdout?.setEncoding('utf8');
  for await (const piece of child.stdout ?? []) {
    told += String(piece);
    const found = /^devnet listening on (\S+)$/m.exec(told);
    if (found) return { child, url: String(found[1]) };
  }
  throw new Error(`devnet did not start: ${told}`);
}

/** What a failing start says and how it exits. */
async function failure(...args: string[]): Promise<{ said: string; code: number | null }> {
  const child = launch(...args);
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => (said += piece.toString()));
  await once(child, 'close');
  return { said: said.trim(), code: child.exitCode };
}

async function post(url: string, path: string, body: object = {}): Promise<Json> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as Json;
}

const alice = '411563915e194d8cfba1943570603f7606a3115508';

/** Everything a caller can see of the chain's state and history. */
async function seen(url: string, last: number): Promise<Json> {
  const blocks: Json[] = [];
  blocks.push(await post(url, '/wallet/getblockbylimitnext', { startNum: 0, endNum: last + 1 }));
  for (let num = 0; num <= last; num++) {
    blocks.push(await post(url, '/wallet/gettransactioninfobyblocknum', { num }));
  }
  const status = await post(url, '/devnet/status');
  return {
    blocks,
    head: status['head'],
    solid: status['solid'],
    account: await post(url, '/wallet/getaccount', { address: alice }),
    solidAccount: await post(url, '/walletsolidity/getaccount', { address: alice }),
    resources: await post(url, '/wallet/getaccountresource', { address: alice }),
    witnesses: await post(url, '/wallet/listwitnesses'),
  };
}

async function fill(url: string): Promise<void> {
  await post(url, '/devnet/fund', { address: alice, sun: '123000000', usdt: '7000000' });
  await post(url, '/devnet/step', { blocks: 3 });
  await post(url, '/devnet/stake', { address: alice, sun: '5000000000', resource: 'ENERGY' });
  await post(url, '/devnet/step', { blocks: 25 });
  await post(url, '/devnet/use-energy', { address: alice, energy: 1000 });
  await post(url, '/devnet/step', { blocks: 5 });
}

test('a killed network comes back with every block and all state', async () => {
  const first = await start('--block-ms', 'manual');
  await fill(first.url);
  const before = await seen(first.url, 50);
  await end(first.child, 'SIGKILL');
  const second = await start('--block-ms', 'manual');
  expect(await seen(second.url, 50)).toEqual(before);
  const { head } = await post(second.url, '/devnet/step');
  expect(head).toMatchObject({ number: (before['head'] as { number: number }).number + 1 });
});

test('what waits for a block survives: set-up after a kill, transactions after an orderly stop', async () => {
  const first = await start('--block-ms', 'manual');
  await post(first.url, '/devnet/fund', { address: alice, sun: '5000000' });
  await post(first.url, '/devnet/stake', { address: alice, sun: '9000000', resource: 'ENERGY' });
  await end(first.child, 'SIGKILL');
  const second = await start('--block-ms', 'manual');
  expect(await post(second.url, '/devnet/status')).toMatchObject({ pending: 1 });
  expect(await end(second.child, 'SIGTERM')).toBe(0);
  const third = await start('--block-ms', 'manual');
  await post(third.url, '/devnet/step', { blocks: 20 });
  expect(await post(third.url, '/walletsolidity/getaccount', { address: alice })).toMatchObject({
    balance: 5_000_000,
    frozenV2: [{}, { amount: 9_000_000 }, {}],
  });
});

test('kills at any moment under load lose no block that was shown', async () => {
  let known: { number: number; id: string } | undefined;
  for (let round = 0; round < 4; round++) {
    const { child, url } = await start('--block-ms', '10');
    if (known) {
      const block = await post(url, '/wallet/getblockbynum', { num: known.number });
      expect(block['blockID']).toBe(known.id);
    }
    const from = known?.number ?? 0;
    await expect
      .poll(
        async () => {
          await post(url, '/devnet/fund', { address: alice, sun: '1000000' });
          known = ((await post(url, '/devnet/status')) as { head: typeof known }).head;
          return known?.number ?? 0;
        },
        { timeout: 20_000, interval: 5 },
      )
      .toBeGreaterThan(from + 25);
    await end(child, 'SIGKILL');
  }
});

test('a fork survives a kill', async () => {
  const first = await start('--block-ms', 'manual');
  await fill(first.url);
  await post(first.url, '/devnet/fork', { depth: 7 });
  await post(first.url, '/devnet/step', { blocks: 2 });
  const before = await seen(first.url, 54);
  await end(first.child, 'SIGKILL');
  const second = await start('--block-ms', 'manual');
  expect(await seen(second.url, 54)).toEqual(before);
});

test('a taken port, an unwritable folder, a folder in use: one sentence with the remedy', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const taken = await failure('--port', String(port), '--data', join(folder, 'other'));
  expect(taken.code).toBe(1);
  expect(taken.said).toBe(
    `Port ${port} is taken: stop the program that uses it, or choose another with --port.`,
  );
  server.close();

  const file = join(folder, 'file');
  writeFileSync(file, '');
  const unwritable = await failure('--port', '0', '--data', join(file, 'data'));
  expect(unwritable.code).toBe(1);
  expect(unwritable.said).toMatch(/^The folder .*data cannot be written: .*--data\.$/);

  await start('--block-ms', 'manual');
  const used = await failure('--port', '0', '--data', folder);
  expect(used.code).toBe(1);
  expect(used.said).toMatch(/is in use by another devnet/);
});
