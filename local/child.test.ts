import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answers, endLeftBehind, lastWords, startChild } from './child.ts';
import { identify } from './process-identity.ts';

let dataDir: string;
let stranger: ChildProcess;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'energy-desk-local-'));
  await mkdir(path.join(dataDir, 'run'));
  stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(stranger, 'spawn');
});

afterEach(async () => {
  stranger.kill();
  await rm(dataDir, { recursive: true, force: true });
});

it('ends a program that a killed launcher left running', async () => {
  const ended = once(stranger, 'exit');
  const note = path.join(dataDir, 'run', 'server.json');
  await writeFile(note, JSON.stringify(identify(stranger.pid ?? 0)));
  await endLeftBehind(dataDir);
  await ended;
  expect(stranger.signalCode).toBe('SIGTERM');
  expect(await readdir(path.join(dataDir, 'run'))).toEqual([]);
});

it('leaves a process alone that has the number of an ended one', async () => {
  const note = path.join(dataDir, 'run', 'server.json');
  await writeFile(note, JSON.stringify({ pid: stranger.pid, since: 'long ago' }));
  await endLeftBehind(dataDir);
  expect(stranger.signalCode).toBeNull();
  expect(identify(stranger.pid ?? 0)).toBeDefined();
  expect(await readdir(path.join(dataDir, 'run'))).toEqual([]);
});

it('keeps what a program said, notes it while it runs, and stops it', async () => {
  const script =
    "console.log('here'); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);";
  const child = await startChild(dataDir, 'devnet', ['-e', script], {});
  const note = JSON.parse(
    await readFile(path.join(dataDir, 'run', 'devnet.json'), 'utf8'),
  ) as unknown;
  expect(note).toMatchObject({
    pid: expect.any(Number) as number,
    since: expect.any(String) as string,
  });
  await expect.poll(() => lastWords(dataDir, 'devnet')).toContain('here');
  await child.stop(10_000);
  expect(await child.ended).toBe('exit code 0');
  expect(await readdir(path.join(dataDir, 'run'))).toEqual([]);
});

it('tells the last words of a program that ends while it starts', async () => {
  const earlier = await startChild(
    dataDir,
    'server',
    ['-e', "console.log('of an earlier start')"],
    {},
  );
  await earlier.ended;
  const child = await startChild(
    dataDir,
    'server',
    ['-e', "console.error('no luck'); process.exit(3)"],
    {},
  );
  await expect(answers(child, dataDir, 'http://127.0.0.1:9/', 10_000)).rejects.toThrow(
    /server ended while starting \(exit code 3\)[^]*no luck/,
  );
  expect(await lastWords(dataDir, 'server')).not.toContain('earlier');
});
