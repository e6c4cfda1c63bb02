import type { JournalOptions, JournalTail } from './journal.ts';
import { GENESIS, type JournalLine } from './journal-entry.ts';
import {
  brokenAt,
  brokenSentence,
  endsOf,
  type FileEnds,
  filesOf,
  linesOf,
} from './journal-files.ts';
import { CannotStart } from './refusal.ts';

interface JournalOnDisk {
  readonly tail: JournalTail;
  /** The time of its last line; 0 without one. */
  readonly lastAt: number;
  /** The last file. */
  readonly growing: {
    readonly file: string;
    /** Up to the end of its last whole line. */
    readonly bytes: number;
    /** The time of its first line; null without one. */
    readonly since: number | null;
  };
}

/**
 * Verifies a journal: every line of the files that hold what is still remembered, and of the older
 * ones that they join without a gap, each from its first to its last line. Older files may have been
 * carried away, the oldest first.
 * @throws CannotStart when something does not fit
 */
export async function readJournal(
  firstFile: string,
  { recallFrom, recall }: Pick<JournalOptions, 'recallFrom' | 'recall'>,
): Promise<JournalOnDisk> {
  const files = await filesOf(firstFile);
  const ends: FileEnds[] = [];
  for (const [index, file] of files.entries()) {
    const one = await endsOf(file);
    if (one) ends.push(one);
    else if (index < files.length - 1) throw brokenAt(file, 1);
  }
  requireJoined(ends, firstFile);
  const growing = files.at(-1) ?? firstFile;
  const last = ends.at(-1);
  const first = ends[0];
  if (!last || !first) {
    return {
      tail: { journal: GENESIS, seq: 0, hash: GENESIS },
      lastAt: 0,
      growing: { file: growing, bytes: 0, since: null },
    };
  }
  // The growing file has no line while it was being made when the signer died.
  const begun = last.file === growing;
  for (const one of ends) {
    if (one !== last && one.last.entry.at < recallFrom) continue;
    let seen: JournalLine = one.first;
    for await (const line of linesOf(one)) {
      seen = line;
      if (line.entry.at >= recallFrom) recall(line.entry);
    }
    if (seen.hash !== one.last.hash) throw new CannotStart(brokenSentence(one.file, 'its end'));
  }
  return {
    tail: { journal: nameOf(first.first), seq: last.last.seq, hash: last.last.hash },
    lastAt: last.last.entry.at,
    growing: begun
      ? { file: growing, bytes: last.end, since: last.first.entry.at }
      : { file: growing, bytes: 0, since: null },
  };
}

/** A journal is named by the hash of its first line, which each further file repeats. */
export function nameOf(first: JournalLine): string {
  return first.entry.kind === 'continued' ? first.entry.journal : first.hash;
}

function requireJoined(ends: readonly FileEnds[], firstFile: string): void {
  for (const [index, { file, first, end, size }] of ends.entries()) {
    const before = ends[index - 1];
    const begins = before
      ? first.seq === before.last.seq + 1 &&
        first.prev === before.last.hash &&
        first.entry.kind === 'continued' &&
        first.entry.journal === nameOf(before.first)
      : file === firstFile
        ? first.seq === 1 && first.prev === GENESIS
        : first.entry.kind === 'continued';
    if (!begins) throw brokenAt(file, 1);
    if (index < ends.length - 1 && end < size) {
      throw new CannotStart(brokenSentence(file, 'its last line'));
    }
  }
}
