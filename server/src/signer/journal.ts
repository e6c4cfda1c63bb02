import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { chainedLine, GENESIS, type JournalEntry, readLine } from './journal-entry.ts';
import { CannotStart } from './refusal.ts';

/** Where it is written what was signed, before the signature leaves. */
export interface Journal {
  /** Resolves when the entry is on the disk. */
  append(entry: JournalEntry): Promise<void>;
  /** Resolves when everything that was appended is on the disk. */
  flushed(): Promise<void>;
}

/** What is in the file is unknown: only a new start, which reads it, can go on. */
export class JournalBroken extends Error {
  override readonly name = 'JournalBroken';
}

const NEWLINE = 0x0a;

/**
 * O_DSYNC: a write returns when it is on the disk, as if fsync followed it. Node's permission model,
 * under which the signer runs, has no fsync.
 */
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_DSYNC;

/**
 * An append-only file of JSON lines, each with the hash of the one before. Entries that come while
 * others are being written share the next write. After an error nothing is written any
 * more: the file and the memory may differ, and only a new start, which reads the file, is sure.
 */
export class FileJournal implements Journal {
  readonly #file: FileHandle;
  #seq: number;
  #prev: string;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(file: FileHandle, seq: number, prev: string) {
    this.#file = file;
    this.#seq = seq;
    this.#prev = prev;
  }

  /**
   * Opens the journal and hands every entry in it to `recall`. A last line without its end was being
   * written when the signer died, and its signature never left: it is cut off.
   * @throws CannotStart when a line was changed, taken out or put in
   */
  static async open(path: string, recall: (entry: JournalEntry) => void): Promise<FileJournal> {
    const file = await open(path, FLAGS, 0o600);
    try {
      const content = await file.readFile();
      const end = content.lastIndexOf(NEWLINE) + 1;
      if (end < content.length) await file.truncate(end);
      let seq = 0;
      let prev = GENESIS;
      for (let from = 0; from < end;) {
        const to = content.indexOf(NEWLINE, from);
        seq += 1;
        const line = readLine(content.toString('utf8', from, to), seq, prev);
        if (!line) {
          throw new CannotStart(
            `The signer's journal ${path} is broken at line ${seq}: it was changed after it was written. Keep the file, find out who did it, and put it aside to begin a new one.`,
          );
        }
        recall(line.entry);
        prev = line.hash;
        from = to + 1;
      }
      return new FileJournal(file, seq, prev);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  append(entry: JournalEntry): Promise<void> {
    const line = chainedLine(this.#seq + 1, this.#prev, entry);
    this.#seq = line.seq;
    this.#prev = line.hash;
    this.#waiting.push(`${JSON.stringify(line)}\n`);
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      this.#writing = this.#write();
      return this.#writing;
    });
    // Whoever appended is told; nobody may be waiting for the chain of writes itself.
    this.#next.catch(() => undefined);
    return this.#next;
  }

  flushed(): Promise<void> {
    return this.#next ?? this.#writing;
  }

  async close(): Promise<void> {
    await this.flushed().finally(() => this.#file.close());
  }

  async #write(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      throw new JournalBroken('the journal cannot be written', { cause: error });
    }
  }
}
