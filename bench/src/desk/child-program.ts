import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProgramOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** For its log. */
  readonly folder: string;
  /** Answers with 200 once the program is ready. */
  readonly readyUrl: string;
  /** How long it may take to get ready; a minute unless told. */
  readonly patienceMs?: number;
}

/** Variable with the folder for profiles of all programs; without it none is taken. */
export const PROFILE = 'BENCH_PROFILE';

const PATIENCE_MS = 60_000;
const LOOK_MS = 30;
const STOP_MS = 20_000;
const LAST_WORDS = 2_000;

/** A profile is written when the program ends by itself. */
function profiling(name: string): string[] {
  const folder = process.env[PROFILE];
  if (folder === undefined) return [];
  const file = `${name}-${process.pid}.cpuprofile`;
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${file}`];
}

/** One of the programs that are measured, or that ours is measured against. */
export class ChildProgram {
  readonly name: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #log: string;

  private constructor(name: string, child: ChildProcess, log: string) {
    this.name = name;
    this.#child = child;
    this.#log = log;
    this.pid = child.pid ?? 0;
    this.#ended = once(child, 'exit');
  }

  /** @throws with its last words when it does not get ready */
  static async start(options: ProgramOptions): Promise<ChildProgram> {
    const { name, args, env = {}, folder, readyUrl, patienceMs = PATIENCE_MS } = options;
    const log = path.join(folder, `${name}.log`);
    const out = openSync(log, 'a');
    const child = spawn(process.execPath, [...profiling(name), ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    const program = new ChildProgram(name, child, log);
    try {
      await program.#ready(readyUrl, patienceMs);
    } catch (error) {
      await program.stop();
      throw error;
    }
    return program;
  }

  /** What it has written; the end of it. */
  lastWords(): string {
    return readFileSync(this.#log, 'utf8').slice(-LAST_WORDS);
  }

  /** Politely, then not; settles when it has ended. */
  async stop(): Promise<void> {
    if (!this.#isAlive()) return;
    this.#child.kill('SIGTERM');
    const enough = new AbortController();
    await Promise.race([
      this.#ended,
      pause(STOP_MS, undefined, { signal: enough.signal }).catch(() => undefined),
    ]);
    enough.abort();
    if (this.#isAlive()) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #ready(url: string, patienceMs: number): Promise<void> {
    for (const begin = performance.now(); performance.now() - begin < patienceMs;) {
      if (!this.#isAlive()) throw new Error(`${this.name} did not start: ${this.lastWords()}`);
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      await pause(LOOK_MS);
    }
    throw new Error(`${this.name} does not get ready: ${this.lastWords()}`);
  }
}
