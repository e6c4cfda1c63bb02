import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type JournalLine, readLine, readLink } from './journal-entry.ts';
import { CannotStart } from './refusal.ts';

/**
 * A journal is one chain of lines over several files: `journal-1.jsonl`, then `journal-1-N.jsonl`,
 * where N is the number of the file's first line in 12 digits. The last file is the one that grows.
 */

const NEWLINE = 0x0a;
/** No line is longer; the largest is a permission update of 1 kB. */
const LONGEST_LINE = 64 * 1024;

/** The file that begins with this line of the journal. */
export function continuationOf(firstFile: string, seq: number): string {
  return firstFile.replace(/\.jsonl$/, `-${seq.toString().padStart(12, '0')}.jsonl`);
}

/** The journal's files that are there, the oldest first. */
export async function filesOf(firstFile: string): Promise<string[]> {
  const folder = path.dirname(firstFile);
  const stem = path.basename(firstFile, '.jsonl');
  const pattern = new RegExp(`^${stem}(-\\d{12})?\\.jsonl$`);
  // '-' sorts before '.', so the first file would come last by its name.
  const names = (await readdir(folder)).filter((name) => pattern.test(name)).sort();
  return names
    .sort((a, b) => Number(a.length > b.length) - Number(a.length < b.length))
    .map((name) => path.join(folder, name));
}

/** Where a file's chain comes from and where it ends. */
export interface FileEnds {
  readonly file: string;
  readonly first: JournalLine;
  readonly last: JournalLine;
  /** Bytes up to the end of the last whole line. */
  readonly end: number;
  readonly size: number;
}

/**
 * The first and the last whole line of a file, each checked against its own hash only.
 * @returns null when there is no whole line
 * @throws CannotStart when one of them is no line of a journal
 */
export async function endsOf(file: string): Promise<FileEnds | null> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, LONGEST_LINE));
    await handle.read(head, 0, head.length, 0);
    const tailAt = Math.max(0, size - 2 * LONGEST_LINE);
    const tail = Buffer.alloc(size - tailAt);
    await handle.read(tail, 0, tail.length, tailAt);
    const headEnd = head.indexOf(NEWLINE);
    const tailEnd = tail.lastIndexOf(NEWLINE);
    if (headEnd < 0) {
      if (size >= LONGEST_LINE) throw brokenAt(file, 1);
      return null;
    }
    const lastFrom = tailEnd === 0 ? 0 : tail.lastIndexOf(NEWLINE, tailEnd - 1) + 1;
    const first = readLink(head.toString('utf8', 0, headEnd));
    const last = readLink(tail.toString('utf8', lastFrom, tailEnd));
    if (!first) throw brokenAt(file, 1);
    if (!last) throw new CannotStart(brokenSentence(file, 'its last line'));
    return { file, first, last, end: tailAt + tailEnd + 1, size };
  } finally {
    await handle.close();
  }
}

/**
 * Every line of a file, checked against the one before.
 * @throws CannotStart at the first that does not fit
 */
export async function* linesOf({ file, first, end }: FileEnds): AsyncGenerator<JournalLine> {
  const content = await readFile(file);
  let { seq, prev } = first;
  let number = 0;
  for (let from = 0; from < end;) {
    const to = content.indexOf(NEWLINE, from);
    number += 1;
    const line = readLine(content.toString('utf8', from, to), seq, prev);
    if (!line) throw brokenAt(file, number);
    yield line;
    seq += 1;
    prev = line.hash;
    from = to + 1;
  }
}

export function brokenAt(file: string, line: number): CannotStart {
  return new CannotStart(brokenSentence(file, `line ${line}`));
}

export function brokenSentence(file: string, where: string): string {
  return `The signer's journal ${file} is broken at ${where}: it was changed after it was written. Keep the file, find out who did it, and put the journal's files aside to begin a new one.`;
}
