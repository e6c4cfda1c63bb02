import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { execute } from '../database/query.ts';

export interface NewEvent {
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly userId?: string | null;
  readonly clientId?: string | null;
  /** Facts for programs: amounts as decimal strings, never a secret. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

const INSERT = prepared(
  `insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
     select * from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[])`,
);

/**
 * Writes events in the transaction of what they tell about. Changes of an order's or wallet's state
 * need none: the database writes `order.<state>` and `wallet.<state>` by itself.
 */
export async function recordEvents(em: EntityManager, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await execute(em, INSERT, [
    events.map(({ kind }) => kind),
    events.map(({ subjectKind }) => subjectKind),
    events.map(({ subjectId }) => subjectId),
    events.map(({ userId }) => userId ?? null),
    events.map(({ clientId }) => clientId ?? null),
    events.map(({ payload }) => JSON.stringify(payload ?? {})),
  ]);
}
