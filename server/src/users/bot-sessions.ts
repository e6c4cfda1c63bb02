import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { SessionOutdated } from './user.errors.ts';

/** Where a user stands in the bot's dialogue; the desk keeps it and makes nothing of it. */
export interface SessionState {
  readonly selectedEnergy: string | null;
  readonly selectedDuration: string | null;
  readonly selectedAddress: string | null;
  readonly computedCost: string | null;
  readonly pendingInput: string | null;
  readonly addressBalance: string | null;
  readonly showBalanceInBuyPage: boolean | null;
  readonly lastOrderId: string | null;
  readonly lastTransactionHash: string | null;
  readonly lastOrderTime: string | null;
  /** What else the bot wants to find again. */
  readonly more: Readonly<Record<string, unknown>> | null;
}

export interface SessionRow {
  readonly userId: string;
  readonly version: number;
  readonly state: SessionState;
  readonly savedAt: Date;
}

const MAX_VERSION = 2_147_483_647;
const MAX_TEXT = 200;
/** Bytes of JSON. */
const MAX_MORE = 8_192;

/** The session that was saved last; undefined when there is none. */
export function readSession(em: EntityManager, userId: string): Promise<SessionRow | undefined> {
  return queryOne<SessionRow>(
    em,
    `select user_id as "userId", version, state, saved_at as "savedAt"
     from bot_sessions where user_id = $1`,
    [userId],
  );
}

/**
 * Keeps a session in place of one with a lower version. The same version with the same content
 * answers with what is there, so that a request may be sent again.
 * @throws BadInput
 * @throws SessionOutdated with the session that is there, when its version is not lower
 */
export async function saveSession(
  em: EntityManager,
  actor: Actor,
  session: { readonly userId: string; readonly version: number; readonly state: SessionState },
): Promise<SessionRow> {
  const { userId, version, state } = session;
  checkSession(version, state);
  // A statement that meets the row locked goes on with what the other one has left.
  const saved = await queryOne<SessionRow>(
    em,
    `insert into bot_sessions as s (user_id, version, state, saved_by, saved_at)
     values ($1, $2, $3::jsonb, $4, desk_now())
     on conflict (user_id) do update set version = excluded.version, state = excluded.state,
       saved_by = excluded.saved_by, saved_at = excluded.saved_at
     where s.version < excluded.version
     returning s.user_id as "userId", s.version, s.state, s.saved_at as "savedAt"`,
    [userId, version, JSON.stringify(state), formatActor(actor)],
  );
  if (saved) return saved;
  const kept = await queryOne<SessionRow & { same: boolean }>(
    em,
    `select user_id as "userId", version, state, saved_at as "savedAt",
            version = $2 and state = $3::jsonb as same
     from bot_sessions where user_id = $1`,
    [userId, version, JSON.stringify(state)],
  );
  if (!kept) throw new BadInput('The session is gone: save it again.', { field: 'input' });
  const { same, ...row } = kept;
  if (same) return row;
  throw new SessionOutdated({ version: row.version, ...row.state, savedAt: row.savedAt });
}

function checkSession(version: number, state: SessionState): void {
  if (version < 1 || version > MAX_VERSION) {
    throw new BadInput('Count the version up from 1 with each change.', { field: 'input.version' });
  }
  const { more, ...fields } = state;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && value.length > MAX_TEXT) {
      throw new BadInput(`Give at most ${MAX_TEXT} characters.`, { field: `input.${name}` });
    }
  }
  if (more === null) return;
  if (typeof more !== 'object' || Array.isArray(more)) {
    throw new BadInput('Give an object.', { field: 'input.more' });
  }
  if (Buffer.byteLength(JSON.stringify(more)) > MAX_MORE) {
    throw new BadInput(`Give at most ${MAX_MORE} bytes of JSON.`, { field: 'input.more' });
  }
}
