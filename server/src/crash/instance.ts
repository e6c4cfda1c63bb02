import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';
import { type Strike, STRIKE_FILE, struckFile } from './strike.ts';

const server = fileURLToPath(new URL('../..', import.meta.url));
const preload = fileURLToPath(new URL('preload.ts', import.meta.url));

/** Where `build.ts` puts the programs; apart from `dist`, which others build and empty. */
export const programs = path.join(server, 'build');

export type Role = 'api' | 'worker' | 'watcher';

export interface InstanceOptions {
  readonly role: Role;
  readonly name: string;
  readonly port: number;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Laid before the process begins, so that its first work can meet it. */
  readonly strike: Strike | undefined;
}

/** One process of the desk with one role, that can be made to fall at a point of its work. */
export class Instance {
  readonly role: Role;
  readonly name: string;
  readonly url: string;
  /** The file that it writes its warnings and errors to. */
  readonly log: string;
  readonly #child: ChildProcess;
  readonly #strikeFile: string;
  readonly #ended: Promise<unknown>;

  constructor({ role, name, port, folder, env, strike }: InstanceOptions) {
    this.role = role;
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.#strikeFile = path.join(folder, `${name}.strike`);
    this.log = path.join(folder, `${name}.log`);
    if (strike !== undefined) this.arm(strike);
    const log = openSync(this.log, 'a');
    this.#child = spawn(process.execPath, ['--import', preload, path.join(programs, 'main.js')], {
      env: {
        ...env,
        ROLES: role,
        PORT: port.toString(),
        INSTANCE_NAME: name,
        LOG_LEVEL: 'warn',
        [STRIKE_FILE]: this.#strikeFile,
      },
      // The channel tells the process when we are gone, even by kill -9.
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#ended = once(this.#child, 'exit');
  }

  get lives(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the process wrote; the end of it. */
  lastWords(): string {
    return readFileSync(this.log, 'utf8').slice(-20_000).trimEnd();
  }

  /** Resolves when it answers requests. @throws when it ends before */
  async ready(): Promise<void> {
    await eventually(`the ${this.role} answers`, async () => {
      if (!this.lives) throw new Error(`the ${this.role} did not start: ${this.lastWords()}`);
      const answer = await fetch(`${this.url}/healthz`, {
        signal: AbortSignal.timeout(2_000),
      }).catch(() => undefined);
      await answer?.body?.cancel();
      return answer?.status === 200;
    });
  }

  /** From its next statement or request on it falls where the strike says. */
  arm(strike: Strike): void {
    rmSync(struckFile(this.#strikeFile), { force: true });
    writeFileSync(`${this.#strikeFile}.new`, JSON.stringify(strike));
    // Whole or not at all: the process may look at any time.
    renameSync(`${this.#strikeFile}.new`, this.#strikeFile);
  }

  disarm(): void {
    rmSync(this.#strikeFile, { force: true });
  }

  /** Whether the strike has come; the process is dead or stands still then. */
  struck(): boolean {
    if (!existsSync(struckFile(this.#strikeFile))) return false;
    return !this.lives || this.#stands();
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.lives) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** As an operator stops it. @throws when it does not end by itself; it is killed then */
  async stop(): Promise<void> {
    if (this.lives) this.#child.kill('SIGTERM');
    try {
      await eventually(`${this.name} has stopped`, () => !this.lives);
    } finally {
      await this.kill();
    }
  }

  #stands(): boolean {
    const stat = readFileSync(`/proc/${this.#child.pid ?? 0}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  }
}
