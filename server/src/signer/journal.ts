import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { chainedLine, GENESIS, type JournalEntry, type JournalLine } from './journal-entry.ts';
import { continuationOf } from './journal-files.ts';
import { readJournal } from './read-journal.ts';

/** How far a journal has come. */
export interface JournalTail {
  /** Names the journal: the hash of its first line. */
  readonly journal: string;
  /** Lines on the disk. */
  readonly seq: number;
  /** Hash of the last of them, which stands for all. */
  readonly hash: string;
}

/** Where it is written what was signed, before the signature leaves. */
export interface Journal {
  /** Resolves when the entry is on the disk. */
  append(entry: JournalEntry): Promise<void>;
  /** Resolves when everything that was appended is on the disk. */
  flushed(): Promise<void>;
  /** How much is on the disk. */
  tail(): JournalTail;
}

/** What is in the file is unknown: only a new start, which reads it, can go on. */
export class JournalBroken extends Error {
  override readonly name = 'JournalBroken';
}

export interface JournalOptions {
  /** Milliseconds, now. */
  readonly at: number;
  /** Entries at least as new as this are handed to `recall`, in their order. */
  readonly recallFrom: number;
  readonly recall: (entry: JournalEntry) => void;
  /** For a journal that begins now. */
  readonly nonce: string;
  /** A file that has this many bytes is closed. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 32 * 1024 * 1024;
const DAY_MS = 86_400_000;

/**
 * O_DSYNC: a write returns when it is on the disk, as if fsync followed it. Node's permission model,
 * under which the signer runs, has no fsync.
 */
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_DSYNC;

interface Waiting {
  readonly line: JournalLine;
  readonly text: string;
  /** Where it begins a new file. */
  readonly file: string | undefined;
}

/**
 * An append-only chain of JSON lines, each with the hash of the one before, in a file a day or more.
 * Nothing is renamed: a file that is closed only stops growing. Entries that come while others are
 * being written share the next write. After an error nothing is written any more: the file and the
 * memory may differ, and only a new start, which reads the file, is sure.
 */
export class FileJournal implements Journal {
  /** Milliseconds; not before its last line when it was opened. */
  readonly openedAt: number;
  readonly #firstFile: string;
  readonly #mostBytes: number;
  #file: FileHandle;
  #last: { readonly seq: number; readonly hash: string };
  #journal: string;
  /** Of the file that grows: bytes with what waits, and the day of its first line. */
  #bytes: number;
  #day: number;
  #onDisk: JournalTail;
  #waiting: Waiting[] = [];
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(
    firstFile: string,
    mostBytes: number,
    file: FileHandle,
    tail: JournalTail,
    growing: { readonly bytes: number; readonly day: number; readonly at: number },
  ) {
    this.#firstFile = firstFile;
    this.#mostBytes = mostBytes;
    this.#file = file;
    this.#last = tail;
    this.#journal = tail.journal;
    this.#onDisk = tail;
    this.#bytes = growing.bytes;
    this.#day = growing.day;
    this.openedAt = growing.at;
  }

  /**
   * Opens the journal and hands what it remembers to `recall`: see {@link readJournal}. A last line
   * without its end was being written when the signer died, and its signature never left: it is cut
   * off.
   * @throws CannotStart when a line was changed, taken out or put in
   */
  static async open(firstFile: string, options: JournalOptions): Promise<FileJournal> {
    const { nonce, mostBytes = MOST_BYTES } = options;
    const { tail, lastAt, growing } = await readJournal(firstFile, options);
    // A clock that was set back does not turn the journal's time back.
    const at = Math.max(options.at, lastAt);
    const file = await open(growing.file, FLAGS, 0o600);
    try {
      await file.truncate(growing.bytes);
      const day = dayOf(growing.since ?? at);
      const journal = new FileJournal(firstFile, mostBytes, file, tail, { ...growing, day, at });
      if (growing.bytes === 0) {
        await journal.append(
          tail.seq === 0
            ? { kind: 'began', at, nonce }
            : { kind: 'continued', at, journal: tail.journal },
        );
      }
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  append(entry: JournalEntry): Promise<void> {
    const full = this.#bytes >= this.#mostBytes || dayOf(entry.at) > this.#day;
    if (full && this.#bytes > 0) {
      const file = continuationOf(this.#firstFile, this.#last.seq + 1);
      this.#bytes = 0;
      this.#day = dayOf(entry.at);
      this.#put({ kind: 'continued', at: entry.at, journal: this.#journal }, file);
    }
    this.#put(entry, undefined);
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

  tail(): JournalTail {
    return this.#onDisk;
  }

  async close(): Promise<void> {
    await this.flushed().finally(() => this.#file.close());
  }

  #put(entry: JournalEntry, file: string | undefined): void {
    const line = chainedLine(this.#last.seq + 1, this.#last.hash, entry);
    if (line.prev === GENESIS) this.#journal = line.hash;
    this.#last = line;
    const text = `${JSON.stringify(line)}\n`;
    this.#bytes += Buffer.byteLength(text);
    this.#waiting.push({ line, text, file });
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      let text = '';
      for (const one of batch) {
        if (one.file !== undefined) {
          // What is before it must be on the disk first, so that no file ever lacks an end.
          if (text !== '') await this.#file.appendFile(text);
          text = '';
          await this.#file.close();
          this.#file = await open(one.file, FLAGS | constants.O_EXCL, 0o600);
        }
        text += one.text;
      }
      await this.#file.appendFile(text);
    } catch (error) {
      throw new JournalBroken('the journal cannot be written', { cause: error });
    }
    const last = batch.at(-1)?.line;
    if (last) this.#onDisk = { journal: this.#journal, seq: last.seq, hash: last.hash };
  }
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
