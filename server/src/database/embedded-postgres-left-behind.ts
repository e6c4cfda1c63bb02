import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * kill -9 of the process that started it leaves PostgreSQL running on the folder. Its pid file says
 * so; a pid that now belongs to something else is none of ours, and the file is stale.
 */
export async function stopLeftBehind(dataDir: string, log: (line: string) => void): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  const first = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0] ?? '';
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (!(await isServerOf(pid, dataDir))) {
    await rm(pidFile, { force: true });
    return;
  }
  log(`a PostgreSQL server (process ${pid}) was left running on ${dataDir}; stopping it`);
  const signals: [NodeJS.Signals, number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ];
  for (const [signal, patience] of signals) {
    process.kill(pid, signal);
    for (let waited = 0; waited < patience; waited += 25) {
      if (!(await isServerOf(pid, dataDir))) return;
      await sleep(25);
    }
  }
  throw new EmbeddedPostgresError(
    'BROKEN',
    `The PostgreSQL server with process id ${pid} still holds ${dataDir} and does not end: end it by hand.`,
  );
}

async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform === 'linux') {
    // The server's working directory is its data folder.
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return cwd !== undefined && cwd === (await realpath(dataDir));
  }
  const told = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(
    () => undefined,
  );
  return told?.stdout.includes(dataDir) ?? false;
}

/**
 * Stops and removes throwaway servers of runs that were killed: their folders are named by `prefix`
 * and the process id of the run.
 */
export async function removeLeftBehind(prefix: string): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : NaN);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const folder = path.join(tmpdir(), name);
    await stopLeftBehind(path.join(folder, 'data'), () => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
