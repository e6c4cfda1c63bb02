import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { lastly, query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { HELD_BY_SAFE_MODE } from '../safety/held-operations.ts';
import type { BuiltAttempt } from './begin-attempts.ts';
import { HELD_BY_WALLET } from './held-by-wallet.ts';
import type { Purposes } from './purposes.ts';

export interface SignedAttempt extends BuiltAttempt {
  readonly signedHex: string;
}

/**
 * Stores the signatures and says that the bytes may leave: after this commit, and not before, the
 * socket may be opened. Attempts whose lease was lost meanwhile, which were cancelled, or which the
 * safe mode or the state of their wallet holds back now, stay unsent; a change of the safe mode waits for this commit.
 * @returns the attempts that may be sent
 */
export async function commitSending(
  em: EntityManager,
  attempts: readonly SignedAttempt[],
  options: { readonly worker: string; readonly resendSeconds: number; readonly purposes: Purposes },
): Promise<SignedAttempt[]> {
  const owned = await query<{ id: string }>(em, LOCK_OWNED, [
    attempts.map(({ operationId }) => operationId),
    attempts.map(({ fence }) => fence),
    options.worker,
  ]);
  const mine = new Set(owned.map(({ id }) => id));
  const sendable = attempts.filter(({ operationId }) => mine.has(operationId));
  if (sendable.length === 0) return [];
  const ids = sendable.map(({ attemptId }) => attemptId);
  // In this order and in one go.
  await lastly(em, () =>
    Promise.all([
      query(em, SENDING, [ids, sendable.map(({ signedHex }) => signedHex)]),
      query(em, SENT, [sendable.map(({ operationId }) => operationId), options.resendSeconds]),
      options.purposes.tellAtOnce(sendable, (handler, share) => handler.sending(em, share)),
    ]),
  );
  return sendable;
}

const LOCK_OWNED = prepared(
  `select o.id from chain_operations o
   join unnest($1::uuid[], $2::bigint[]) as mine(id, fence) on mine.id = o.id and mine.fence = o.fence
   cross join safe_mode m
   where o.lease_owner = $3 and o.lease_until > desk_now() and o.state = 'ATTEMPTING'
     and not ${HELD_BY_SAFE_MODE} and not ${HELD_BY_WALLET}
   order by o.id for no key update of o for share of m`,
);

const SENDING = prepared(
  `update attempts a set state = 'SENDING', signed_hex = s.hex, sent_at = desk_now(), sends = 1
   from unnest($1::uuid[], $2::text[]) as s(id, hex) where a.id = s.id`,
);

/** From here on the attempt's fate is open, and only the chain decides it: no lease is needed. */
const SENT = prepared(
  `update chain_operations
   set lease_owner = null, lease_until = null, updated_at = desk_now(), last_problem = null,
       due_at = desk_now() + make_interval(secs => $2)
   where id = any($1::uuid[])`,
);

export interface Answer {
  readonly attemptId: string;
  readonly node: string;
  readonly answer: string;
}

/** Keeps what the nodes said. It is shown to people and decides nothing. */
export async function recordAnswers(em: EntityManager, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  const ids = answers.map(({ attemptId }) => attemptId);
  // In this order and in one go.
  await Promise.all([
    query(em, LOCK_ANSWERED, [ids]),
    query(em, RECORD, [ids, answers.map(({ node }) => node), answers.map(({ answer }) => answer)]),
  ]);
}

/** As whoever settles a block locks them. */
const LOCK_ANSWERED = prepared(
  `select from attempts where id = any($1::uuid[]) order by operation_id for no key update`,
);

const RECORD = prepared(
  `update attempts a set last_node = s.node, last_answer = s.answer
   from unnest($1::uuid[], $2::text[], $3::text[]) as s(id, node, answer) where a.id = s.id`,
);

export interface Resend {
  readonly attemptId: string;
  readonly signedHex: string;
  readonly lastNode: string | null;
}

/**
 * Attempts that were sent, are in no block that we have seen, and can still land. The same bytes may
 * go out any number of times; each time waits longer for the next.
 */
export async function claimResends(
  em: EntityManager,
  options: { readonly limit: number; readonly headTimeMs: number; readonly resendSeconds: number },
): Promise<Resend[]> {
  const due = await query<{ attempt_id: string; operation_id: string; sends: number }>(
    em,
    `select a.id as attempt_id, o.id as operation_id, a.sends from chain_operations o
     join attempts a on a.operation_id = o.id and a.state = 'SENDING'
     where o.state = 'ATTEMPTING' and o.due_at <= desk_now() and a.expiration_ms > $2
     order by o.due_at, o.id limit $1
     for no key update of o skip locked`,
    [options.limit, options.headTimeMs],
  );
  if (due.length === 0) return [];
  await query(
    em,
    `update chain_operations o
     set due_at = desk_now() + make_interval(secs => $3 * power(2, least(d.sends, 4)))
     from unnest($1::uuid[], $2::int[]) as d(id, sends) where o.id = d.id`,
    [
      due.map(({ operation_id }) => operation_id),
      due.map(({ sends }) => sends),
      options.resendSeconds,
    ],
  );
  const rows = await query<{ id: string; signed_hex: string | null; last_node: string | null }>(
    em,
    `update attempts set sends = sends + 1 where id = any($1::uuid[])
     returning id, signed_hex, last_node`,
    [due.map(({ attempt_id }) => attempt_id)],
  );
  const place = new Map(due.map(({ attempt_id }, index) => [attempt_id, index]));
  rows.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
  return rows.map((row) => ({
    attemptId: row.id,
    signedHex: present(row.signed_hex, 'signature of a sent attempt'),
    lastNode: row.last_node,
  }));
}
