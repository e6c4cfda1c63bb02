import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, identify, type KnownProcess } from './process-identity.ts';
import { Obstacle, say } from './say.ts';
import { root } from './options.ts';

const largestLog = 20_000_000;
/** Begins a program's words of one start in its log. */
const startMark = '=== started';

/** One of our programs, running. */
export interface Child {
  readonly name: string;
  /** Settles when it has ended, with how. */
  readonly ended: Promise<string>;
  /** SIGTERM, after `patienceMs` SIGKILL; settles when it has ended. */
  readonly stop: (patienceMs: number) => Promise<void>;
}

/**
 * Starts one of our programs on this Node. Its words go to a file, so that they are there after it
 * and us; its process is noted, so that the next start finds it if we are killed.
 */
export async function startChild(
  dataDir: string,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Child> {
  const log = logFile(dataDir, name);
  await mkdir(path.dirname(log), { recursive: true });
  await mkdir(path.join(dataDir, 'run'), { recursive: true });
  await rotate(log);
  const out = openSync(log, 'a', 0o600);
  writeSync(out, startLine());
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...inherited(), ...env },
    stdio: ['ignore', out, out],
    // A group of its own: Ctrl-C reaches only us, and we stop all in order.
    detached: true,
  });
  closeSync(out);
  const note = path.join(dataDir, 'run', `${name}.json`);
  const ended = once(child, 'exit').then(async ([code, signal]) => {
    await rm(note, { force: true });
    return signal === null ? `exit code ${String(code)}` : String(signal);
  });
  const known = child.pid === undefined ? undefined : identify(child.pid);
  if (known !== undefined) await writeFile(note, JSON.stringify(known));
  return { name, ended, stop: (patienceMs) => stop(child, ended, patienceMs) };
}

/** The first line of a start in a program's log. */
export const startLine = (): string => `${startMark} ${new Date().toISOString()}\n`;

async function stop(
  child: ChildProcess,
  ended: Promise<string>,
  patienceMs: number,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(force);
}

/** What children may know of our environment: where programs and homes are, and their own settings. */
function inherited(): Record<string, string> {
  const kept = [
    'PATH',
    'HOME',
    'LANG',
    'TZ',
    'TMPDIR',
    'NODE_OPTIONS',
    'LOG_LEVEL',
    'JOBS_URL',
    'HOST',
  ];
  const more = [
    'DATABASE_POOL',
    'PUBLIC_URL',
    'SESSION_HOURS',
    'METRICS_TOKEN',
    'FIRST_OPERATOR_EMAIL',
  ];
  return Object.fromEntries(
    [...kept, ...more].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export const logFile = (dataDir: string, name: string): string =>
  path.join(dataDir, 'logs', `${name}.log`);

async function rotate(log: string): Promise<void> {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) await rename(log, `${log}.1`);
}

/** The last lines that a program wrote since its last start, for people. */
export async function lastWords(dataDir: string, name: string, count = 20): Promise<string> {
  const text = await readFile(logFile(dataDir, name), 'utf8').catch(() => '');
  const sinceStart = text
    .slice(Math.max(0, text.lastIndexOf(startMark)))
    .trimEnd()
    .split('\n');
  const lines = sinceStart.slice(1).slice(-count);
  return lines.map((line) => `         | ${line}`).join('\n');
}

/**
 * Waits until `url` answers with 200.
 *
 * @throws Obstacle when the program ends before, or does not answer within `patienceMs`.
 */
export async function answers(
  child: Child,
  dataDir: string,
  url: string,
  patienceMs: number,
): Promise<void> {
  let ended: string | undefined;
  void child.ended.then((how) => (ended = how));
  for (let waited = 0; waited < patienceMs; waited += 50) {
    if (ended !== undefined) {
      throw new Obstacle(
        `${child.name} ended while starting (${ended}); its last words, from ${logFile(dataDir, child.name)}:\n${await lastWords(dataDir, child.name)}`,
      );
    }
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await reply?.body?.cancel();
    if (reply?.status === 200) return;
    await sleep(50);
  }
  throw new Obstacle(
    `${child.name} did not get ready within ${patienceMs / 1000} s; its last words, from ${logFile(dataDir, child.name)}:\n${await lastWords(dataDir, child.name)}`,
  );
}

/** Ends programs of a launcher that was killed, by their notes; others' processes are left alone. */
export async function endLeftBehind(dataDir: string): Promise<void> {
  const folder = path.join(dataDir, 'run');
  const notes = await readdir(folder).catch(() => []);
  // The server first: it uses the others.
  for (const name of notes.toSorted().toReversed()) {
    if (!name.endsWith('.json') || name === 'launcher.json') continue;
    const note = path.join(folder, name);
    const known = JSON.parse(await readFile(note, 'utf8')) as KnownProcess;
    if (identify(known.pid)?.since === known.since) {
      say(`Stopping the ${path.basename(name, '.json')} that an earlier start left running`);
      await endProcess(known, 10_000);
    }
    await rm(note, { force: true });
  }
}
