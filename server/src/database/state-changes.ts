import type { EntityManager } from './database.ts';
import { query } from './query.ts';

/** One step in the history of anything with states. */
export interface StateChangeRow {
  readonly subjectId: string;
  /** Null at the birth. */
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly cause: string;
  readonly at: Date;
}

/** The histories of these things, oldest change first; keyed by the thing's id. */
export async function stateChangesOf(
  em: EntityManager,
  subject: string,
  subjectIds: readonly string[],
): Promise<Map<string, StateChangeRow[]>> {
  const rows = await query<StateChangeRow>(
    em,
    `select subject_id as "subjectId", from_state as "from", to_state as "to", actor, cause, at
     from state_changes where subject_id = any($2::uuid[]) and subject = $1 order by id`,
    [subject, subjectIds],
  );
  return Map.groupBy(rows, ({ subjectId }) => subjectId);
}

/** Since when these things are in their states, by the thing's id. */
export async function stateSince(
  em: EntityManager,
  subject: string,
  subjectIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await query<Pick<StateChangeRow, 'subjectId' | 'at'>>(
    em,
    `select subject_id as "subjectId", max(at) as at
     from state_changes where subject_id = any($2::uuid[]) and subject = $1 group by subject_id`,
    [subject, subjectIds],
  );
  return new Map(rows.map(({ subjectId, at }) => [subjectId, at]));
}
