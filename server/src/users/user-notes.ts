import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';

/** What somebody wrote about a user: it is added to, never changed. */
export interface UserNoteRow {
  readonly id: string;
  readonly userId: string;
  readonly text: string;
  /** The actor as written. */
  readonly author: string;
  readonly at: Date;
}

/** The newest notes of each user that are shown. */
export const MOST_NOTES = 100;
const MAX_TEXT = 2_000;
const MAX_CLIENT_ID = 128;

/** The notes of several users, each user's newest first, at most {@link MOST_NOTES}. */
export async function userNotesOf(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, UserNoteRow[]>> {
  const rows = await query<UserNoteRow>(
    em,
    `select n.id, n.user_id as "userId", n.text, n.author, n.at
     from unnest($1::uuid[]) as wanted(id)
     cross join lateral (
       select * from user_notes where user_id = wanted.id order by at desc, id desc limit $2) n`,
    [userIds, MOST_NOTES],
  );
  return Map.groupBy(rows, ({ userId }) => userId);
}

/**
 * Adds a note. The same client id of the same actor with the same content adds it once.
 * @throws BadInput, IdempotencyConflict
 */
export async function addNote(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  note: { readonly userId: string; readonly text: string; readonly clientId: string },
): Promise<string> {
  const text = note.text.trim();
  if (text === '' || text.length > MAX_TEXT) {
    throw new BadInput(`Write 1 to ${MAX_TEXT} characters.`, { field: 'input.text' });
  }
  const clientId = note.clientId.trim();
  if (clientId === '' || clientId.length > MAX_CLIENT_ID) {
    throw new BadInput(`Give an id of your own, in 1 to ${MAX_CLIENT_ID} characters.`, {
      field: 'input.clientId',
    });
  }
  const author = formatActor(actor);
  const id = ids.next();
  const made = await queryOne(
    em,
    `insert into user_notes (id, user_id, text, author, client_id) values ($1, $2, $3, $4, $5)
     on conflict (author, client_id) do nothing returning id`,
    [id, note.userId, text, author, clientId],
  );
  if (made) return id;
  const earlier = await queryOne<UserNoteRow>(
    em,
    `select id, user_id as "userId", text, author, at from user_notes
     where author = $1 and client_id = $2`,
    [author, clientId],
  );
  if (earlier?.userId === note.userId && earlier.text === text) return earlier.id;
  throw new IdempotencyConflict('This id was used for another note: take a new one.', {
    field: 'input.clientId',
  });
}
