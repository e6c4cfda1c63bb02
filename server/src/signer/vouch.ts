import { endsOf, filesOf, linesOf } from './journal-files.ts';
import { nameOf } from './read-journal.ts';
import { slotFiles } from './take-slot.ts';

/** What a folder says of one line of one journal. */
export interface Voucher {
  /** Whether the journal is in the folder at all. */
  readonly known: boolean;
  /** The hash of its line with that number; null when it has no such line. */
  readonly hash: string | null;
}

/**
 * Looks a line up in the journals of a folder, whoever writes them.
 * @throws CannotStart when the file that should hold it is no journal
 */
export async function vouch(folder: string, journal: string, seq: number): Promise<Voucher> {
  for (const firstFile of slotFiles(folder)) {
    const files = await filesOf(firstFile);
    let known = false;
    for (const file of files.reverse()) {
      const ends = await endsOf(file);
      if (!ends) continue;
      if (nameOf(ends.first) !== journal) break;
      known = true;
      if (seq > ends.last.seq) break;
      if (seq < ends.first.seq) continue;
      if (seq === ends.last.seq) return { known, hash: ends.last.hash };
      for await (const line of linesOf(ends)) {
        if (line.seq === seq) return { known, hash: line.hash };
      }
    }
    if (known) return { known, hash: null };
  }
  return { known: false, hash: null };
}
