import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from './refusal.ts';

/** A journal that nobody else writes, for as long as this process lives. */
export interface Slot {
  readonly journalFile: string;
  release(): void;
}

/** Workers on one host that share a folder, at most. */
const SLOTS = 16;
const SQLITE_BUSY = 5;

/**
 * Takes the first journal of the folder that no other signer has. The lock is SQLite's on a file of
 * its own, because Node offers no other that the system releases when a process is killed; nothing is
 * kept in that file.
 * @throws CannotStart when all are taken
 */
export function takeSlot(folder: string): Slot {
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    const lock = new DatabaseSync(path.join(folder, `journal-${slot}.lock`));
    try {
      lock.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive');
    } catch (error) {
      lock.close();
      if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) continue;
      throw error;
    }
    return {
      journalFile: journalFile(folder, slot),
      release: () => lock.close(),
    };
  }
  throw new CannotStart(
    `${SLOTS} signers use the folder ${folder} already: give this worker another SIGNER_DIR.`,
  );
}

/** The first file of each journal that the folder can have. */
export function slotFiles(folder: string): string[] {
  return Array.from({ length: SLOTS }, (_, index) => journalFile(folder, index + 1));
}

function journalFile(folder: string, slot: number): string {
  return path.join(folder, `journal-${slot}.jsonl`);
}
