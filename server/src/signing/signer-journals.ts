import type { EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { SignerState } from '../signer/conversation.ts';

/** What the desk knows of a signer's journal, kept where the signer's folder cannot be reached. */
export interface KnownJournal {
  readonly id: string;
  /** The hash of its first line. */
  readonly journal: string;
  /** Lines that it had. */
  readonly entries: bigint;
  /** Hash of the last of them. */
  readonly hash: string;
  readonly worker: string;
  /** Why its signer signed nothing when it was seen last. */
  readonly haltedBecause: string | null;
  readonly seenAt: Date;
  readonly brokenBecause: string | null;
  /** Nobody has shown it for three minutes. */
  readonly unseen: boolean;
}

/** A worker shows its signer's journal at least this often. */
export const SHOWN_EVERY_MS = 60_000;
const COLUMNS = `id, journal, entries, hash, worker, halted_because as "haltedBecause",
  seen_at as "seenAt", broken_because as "brokenBecause",
  seen_at < desk_now() - interval '3 minutes' as "unseen"`;

/** Every journal that was not given up. */
export function knownJournals(em: EntityManager): Promise<KnownJournal[]> {
  return query<KnownJournal>(
    em,
    `select ${COLUMNS} from signer_journals where retired_at is null order by began_at, id`,
  );
}

/** Writes down how far a journal has come; never that it has fewer lines than before. */
export async function showJournal(
  em: EntityManager,
  ids: IdMaker,
  worker: string,
  { tail, haltedBecause }: SignerState,
): Promise<void> {
  await execute(
    em,
    `insert into signer_journals as j (id, journal, entries, hash, worker, halted_because)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (journal) where retired_at is null do update
     set entries = excluded.entries, hash = excluded.hash, worker = excluded.worker,
         halted_because = excluded.halted_because, seen_at = desk_now()
     where excluded.entries > j.entries or excluded.entries = j.entries and excluded.hash = j.hash`,
    [ids.next(), tail.journal, tail.seq, tail.hash, worker, haltedBecause],
  );
}

/**
 * Journals that nobody shows any more and that ended before this one began: whoever has taken a
 * folder's journals away has made its signer begin a new one.
 */
export function vanishedBefore(em: EntityManager, journal: string): Promise<KnownJournal[]> {
  return query<KnownJournal>(
    em,
    `select ${COLUMNS} from signer_journals
     where retired_at is null and broken_because is null
       and seen_at < desk_now() - interval '3 minutes'
       and seen_at < (select began_at from signer_journals
                      where journal = $1 and retired_at is null)
     order by id`,
    [journal],
  );
}

/** @returns whether it was not known to be broken */
export async function markBroken(em: EntityManager, id: string, because: string): Promise<boolean> {
  const marked = await execute(
    em,
    `update signer_journals set broken_because = $2
     where id = $1 and broken_because is null and retired_at is null`,
    [id, because],
  );
  return marked > 0;
}
