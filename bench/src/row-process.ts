import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { heapFlags } from '../../server/src/heap-flags.ts';
import type { Row, RowReport } from './row.ts';
import { PROFILE } from './desk/child-program.ts';
import type { Assignment, Message } from './run-row.ts';

const program = fileURLToPath(new URL('run-row.ts', import.meta.url));

/** How long a group of processes gets to end by itself. */
const PATIENCE_MS = 3_000;

/** The measurement of one row in a process group of its own, with everything that it starts. */
export class RowProcess {
  readonly #child;
  readonly #ended: Promise<unknown>;

  constructor({ id, roles = ['api'] }: Row, profile: string | null) {
    const flags =
      profile === null
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=row-${id}.cpuprofile`];
    this.#child = fork(program, [], {
      // Those that it starts are in its group and end with it.
      detached: true,
      execArgv: [...heapFlags(roles), ...flags],
      ...(profile !== null && { env: { ...process.env, [PROFILE]: profile } }),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ended = once(this.#child, 'exit');
  }

  /**
   * Measures; whatever the row has started is gone afterwards.
   * @throws when the process ends without a report, or is not done in time
   */
  async measure(
    assignment: Assignment,
    limitSeconds: number,
    say: (text: string) => void,
  ): Promise<RowReport> {
    const report = new Promise<RowReport>((resolve, reject) => {
      this.#child.on('message', (message: Message) => {
        if (message.kind === 'says') say(message.text);
        else resolve(message.report);
      });
      void this.#ended.then(() => reject(new Error('its process ended without a report')));
    });
    const enough = new AbortController();
    const late = pause(limitSeconds * 1_000, undefined, { signal: enough.signal }).then(() => {
      throw new Error(`it was not done within ${limitSeconds} s`);
    });
    late.catch(() => undefined);
    try {
      this.#child.send(assignment);
      return await Promise.race([report, late]);
    } finally {
      enough.abort();
      await this.end();
    }
  }

  /** Ends the whole group: politely, then not. */
  async end(): Promise<void> {
    await Promise.race([this.#ended, pause(PATIENCE_MS)]);
    this.#signal('SIGTERM');
    await Promise.race([this.#ended, pause(PATIENCE_MS)]);
    this.#signal('SIGKILL');
    await this.#ended;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  }
}
