import { constants, readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';

/** Stands between the signer and every signature. */
export interface KillSwitch {
  /** Why nothing is signed, or null. Asked before each signature. */
  reason(): string | null;
  /** Turns it on in the desk's name. @returns whether that was a change */
  halt(reason: string): Promise<boolean>;
  /**
   * Takes back what `halt` did; what a person did at the machine stays.
   * @returns whether that was a change
   */
  resume(): Promise<boolean>;
}

/** The names in the signer's folder that people know. */
export const STOP_FILE = 'STOP';
export const DESK_STOP_FILE = 'STOP.desk';

/**
 * On while one of two files is there, whatever is in it: STOP belongs to whoever has the machine and
 * is lifted by removing it; STOP.desk is the desk's own, and says over restarts, and while the
 * database is away, what the desk said last.
 */
export class FileKillSwitch implements KillSwitch {
  readonly #stop: string;
  readonly #deskStop: string;

  constructor(folder: string) {
    this.#stop = path.join(folder, STOP_FILE);
    this.#deskStop = path.join(folder, DESK_STOP_FILE);
  }

  reason(): string | null {
    return reasonIn(this.#stop) ?? reasonIn(this.#deskStop);
  }

  async halt(reason: string): Promise<boolean> {
    if (reasonIn(this.#deskStop) === reason.trim()) return false;
    // On the disk when it returns; see the journal.
    const { O_WRONLY, O_CREAT, O_TRUNC, O_DSYNC } = constants;
    const handle = await open(this.#deskStop, O_WRONLY | O_CREAT | O_TRUNC | O_DSYNC, 0o600);
    try {
      await handle.writeFile(`${reason}\n`);
    } finally {
      await handle.close();
    }
    return true;
  }

  async resume(): Promise<boolean> {
    if (reasonIn(this.#deskStop) === null) return false;
    await rm(this.#deskStop, { force: true });
    return true;
  }
}

function reasonIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim().slice(0, 500) || 'no reason is given';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    // What cannot be looked at counts as there.
    return 'its file cannot be read';
  }
}
