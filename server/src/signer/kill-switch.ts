import { constants, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Stands between the signer and every signature. */
export interface KillSwitch {
  /** Why nothing is signed, or null. Asked before each signature. */
  reason(): string | null;
  /** Turns it on. Only a person turns it off. */
  halt(reason: string): Promise<void>;
}

/** It is on while the file is there, whatever is in it; it is lifted by removing the file. */
export class FileKillSwitch implements KillSwitch {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  reason(): string | null {
    try {
      return readFileSync(this.file, 'utf8').trim().slice(0, 500) || 'no reason is given';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      // What cannot be looked at counts as there.
      return 'its file cannot be read';
    }
  }

  async halt(reason: string): Promise<void> {
    if (this.reason() !== null) return;
    // On the disk when it returns; see the journal.
    const { O_WRONLY, O_CREAT, O_DSYNC } = constants;
    const handle = await open(this.file, O_WRONLY | O_CREAT | O_DSYNC, 0o600);
    try {
      await handle.writeFile(`${reason}\n`);
    } finally {
      await handle.close();
    }
  }
}
