import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { DeskEvent, EventCursor, EventSelection } from './event.ts';

interface Row {
  readonly xid: string;
  readonly position: bigint;
  readonly kind: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly user_id: string | null;
  readonly client_id: string | null;
  readonly payload: Record<string, unknown>;
  readonly at: Date;
}

export interface EventPage {
  readonly events: readonly DeskEvent[];
  /** Where to go on from, also when nothing was found. */
  readonly end: EventCursor;
  readonly hasMore: boolean;
}

/** A row is read only when no transaction before its own can still commit, so none is ever skipped. */
const SETTLED = 'xid < pg_snapshot_xmin(pg_current_snapshot())';

/**
 * Events after the cursor in the order of commits, at most `first`.
 * @param first from 1 to 1000
 */
export async function readEvents(
  em: EntityManager,
  after: EventCursor,
  selection: EventSelection,
  first: number,
): Promise<EventPage> {
  const { kinds, subjectIds, userId, clientId } = selection;
  const rows = await query<Row>(
    em,
    `select xid::text, position, kind, subject_kind, subject_id, user_id, client_id, payload, at
     from events
     where (xid, position) > ($1::text::xid8, $2::bigint) and ${SETTLED}
       and ($3::text[] is null or kind like any($3))
       and ($4::uuid[] is null or subject_id = any($4))
       and ($5::uuid is null or user_id = $5)
       and ($6::uuid is null or client_id = $6)
     order by events.xid, events.position
     limit $7`,
    [
      after.xid.toString(),
      after.position,
      kinds?.map(asPattern) ?? null,
      subjectIds ?? null,
      userId ?? null,
      clientId ?? null,
      first + 1,
    ],
  );
  return pageOf(rows, after, first);
}

const ALL = prepared(
  `select xid::text, position, kind, subject_kind, subject_id, user_id, client_id, payload, at
     from events
     where (xid, position) > ($1::text::xid8, $2::bigint) and ${SETTLED}
     order by events.xid, events.position
     limit $3`,
);

/** Like {@link readEvents} without a selection, for those who ask again and again. */
export async function readAllEvents(
  em: EntityManager,
  after: EventCursor,
  first: number,
): Promise<EventPage> {
  const rows = await query<Row>(em, ALL, [after.xid.toString(), after.position, first + 1]);
  return pageOf(rows, after, first);
}

const HEAD = prepared('select pg_snapshot_xmin(pg_current_snapshot())::text as xid');

/** The place before which everything is settled and after which nothing has been read: "now". */
export async function readEventHead(em: EntityManager): Promise<EventCursor> {
  const row = await queryOne<{ xid: string }>(em, HEAD);
  return { xid: BigInt(present(row, 'snapshot').xid), position: 0n };
}

function pageOf(rows: readonly Row[], after: EventCursor, first: number): EventPage {
  const events = rows.slice(0, first).map(asEvent);
  return { events, end: events.at(-1)?.cursor ?? after, hasMore: rows.length > first };
}

function asPattern(kind: string): string {
  const literal = kind.replace(/[\\%_]/g, String.raw`\$&`);
  return literal.endsWith('.*') ? `${literal.slice(0, -1)}%` : literal;
}

function asEvent(row: Row): DeskEvent {
  return {
    cursor: { xid: BigInt(row.xid), position: row.position },
    kind: row.kind,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    userId: row.user_id,
    clientId: row.client_id,
    payload: row.payload,
    at: row.at,
  };
}
