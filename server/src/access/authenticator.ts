import { LRUCache } from 'lru-cache';
import type { Database } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Caller, type OperatorCaller, stranger } from './caller.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';
import { knownRoles, type Role } from './roles.ts';
import { digestOf, matchesDigest } from './secrets.ts';

export interface AuthenticatorOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** A session ends when nothing was asked for so long. */
  readonly sessionHours: number;
}

/** What came with a request. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  readonly csrfToken?: string | undefined;
  /** Reading by GET needs no token: another site cannot read the answer. */
  readonly withoutCsrf?: boolean;
}

export interface Authentication {
  readonly caller: Caller;
  /** Set when the session was prolonged: the cookies must be, too. */
  readonly prolonged?: { readonly token: string };
}

/** What is known of a session or key may be this old: another process may have ended it since. */
const KNOWLEDGE_MS = 900;
const BEARER = /^Bearer +(\S+)$/i;

type SessionKnowledge =
  | { readonly caller: OperatorCaller; readonly csrfHash: Buffer; readonly prolonged: boolean }
  | undefined;

/** Finds out who sent a request. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #sessions: LRUCache<string, Promise<SessionKnowledge>>;
  readonly #keys: LRUCache<string, Promise<Caller>>;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    const cache = {
      max: 10_000,
      ttl: KNOWLEDGE_MS,
      ttlResolution: 0,
      perf: { now: () => options.clock.monotonic() },
    };
    this.#sessions = new LRUCache(cache);
    this.#keys = new LRUCache(cache);
  }

  /** Never refuses: whoever cannot be known is a stranger, with the reason why. */
  async authenticate(credentials: Credentials): Promise<Authentication> {
    if (credentials.authorization !== undefined) {
      const key = BEARER.exec(credentials.authorization)?.[1];
      if (key === undefined) return { caller: stranger('BAD_API_KEY') };
      return { caller: await remember(this.#keys, digestOf(key), (hash) => this.#findKey(hash)) };
    }
    const token = readCookie(credentials.cookie, SESSION_COOKIE);
    if (token === undefined || token === '') return { caller: stranger('NOT_SIGNED_IN') };
    const session = await remember(this.#sessions, digestOf(token), (hash) =>
      this.#findSession(hash),
    );
    if (session === undefined) return { caller: stranger('SESSION_EXPIRED') };
    const { csrfToken, withoutCsrf } = credentials;
    const proved =
      withoutCsrf === true ||
      (csrfToken !== undefined && matchesDigest(csrfToken, session.csrfHash));
    if (!proved) return { caller: stranger('CSRF_TOKEN_MISSING') };
    return { caller: session.caller, ...(session.prolonged && { prolonged: { token } }) };
  }

  /** Forgets what was remembered: a session or key has just ended, or an operator has changed. */
  forget(): void {
    this.#sessions.clear();
    this.#keys.clear();
  }

  /**
   * Which of these callers are still who they were, with the same roles, for connections that stay
   * open.
   */
  async stillKnown(callers: readonly Caller[]): Promise<ReadonlySet<Caller>> {
    const sessions = callers.flatMap((one) => (one.kind === 'OPERATOR' ? [one.sessionId] : []));
    const clients = callers.flatMap((one) => (one.kind === 'API_CLIENT' ? [one.id] : []));
    const rows = await query<{ id: string; roles: string[] }>(
      this.#options.database.read(),
      `select s.id, o.roles from sessions s join operators o on o.id = s.operator_id
       where s.id = any($1::uuid[]) and s.ended_at is null and s.expires_at > desk_now() and o.active
       union all
       select id, roles from api_clients where id = any($2::uuid[]) and revoked_at is null`,
      [[...new Set(sessions)], [...new Set(clients)]],
    );
    const roles = new Map(rows.map((row) => [row.id, rolesKey(knownRoles(row.roles))]));
    const known = new Set<Caller>();
    for (const caller of callers) {
      if (caller.kind === 'STRANGER') continue;
      const id = caller.kind === 'OPERATOR' ? caller.sessionId : caller.id;
      if (roles.get(id) === rolesKey(caller.roles)) known.add(caller);
    }
    return known;
  }

  async #findSession(tokenHash: Buffer): Promise<SessionKnowledge> {
    const { database, sessionHours } = this.#options;
    const row = await queryOne<SessionRow>(
      database.read(),
      `select s.id, s.csrf_hash, s.last_seen_at < desk_now() - interval '1 minute' as stale,
              o.id as operator_id, o.name, o.roles, o.must_change_password
       from sessions s join operators o on o.id = s.operator_id
       where s.token_hash = $1 and s.ended_at is null and s.expires_at > desk_now() and o.active`,
      [tokenHash],
    );
    if (row === undefined) return undefined;
    if (row.stale) {
      await execute(
        database.read(),
        `update sessions set last_seen_at = desk_now(),
                expires_at = desk_now() + make_interval(hours => $2)
         where id = $1 and ended_at is null`,
        [row.id, sessionHours],
      );
    }
    const caller: OperatorCaller = {
      kind: 'OPERATOR',
      id: row.operator_id,
      name: row.name,
      roles: knownRoles(row.roles),
      sessionId: row.id,
      mustChangePassword: row.must_change_password,
    };
    return { caller, csrfHash: row.csrf_hash, prolonged: row.stale };
  }

  async #findKey(keyHash: Buffer): Promise<Caller> {
    const { database } = this.#options;
    const row = await queryOne<ClientRow>(
      database.read(),
      `select id, name, roles, revoked_at is not null as revoked,
              coalesce(last_used_at < desk_now() - interval '1 minute', true) as stale
       from api_clients where key_hash = $1`,
      [keyHash],
    );
    if (row === undefined) return stranger('BAD_API_KEY');
    if (row.revoked) return stranger('API_KEY_REVOKED');
    if (row.stale) {
      await execute(
        database.read(),
        'update api_clients set last_used_at = desk_now() where id = $1',
        [row.id],
      );
    }
    return { kind: 'API_CLIENT', id: row.id, name: row.name, roles: knownRoles(row.roles) };
  }
}

function rolesKey(roles: readonly Role[]): string {
  return [...roles].sort().join();
}

interface SessionRow {
  readonly id: string;
  readonly csrf_hash: Buffer;
  readonly stale: boolean;
  readonly operator_id: string;
  readonly name: string;
  readonly roles: string[];
  readonly must_change_password: boolean;
}

interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly roles: string[];
  readonly revoked: boolean;
  readonly stale: boolean;
}

/** One look-up for all requests that come while it runs or soon after; a failed one is forgotten. */
function remember<T>(
  cache: LRUCache<string, Promise<T>>,
  hash: Buffer,
  find: (hash: Buffer) => Promise<T>,
): Promise<T> {
  const key = hash.toString('base64');
  const known = cache.get(key);
  if (known !== undefined) return known;
  const finding = find(hash);
  cache.set(key, finding);
  finding.catch(() => cache.delete(key));
  return finding;
}
