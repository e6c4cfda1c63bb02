import { because, type EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput, IdempotencyConflict, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { formatAmount, sum } from '../kernel/money.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { refKey, type UserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import { callerOf, checkKey, checkReason, contentHash } from './deposit-key.ts';
import {
  currencyOf,
  giveOut,
  sendBack,
  type UnclaimedRow,
  type UserShare,
  writeOff,
} from './unclaimed-money.ts';

export interface Share {
  readonly user: UserRef;
  /** Micro-units. */
  readonly amount: bigint;
}

/** What a person decides about an unclaimed deposit. */
export type Decision =
  | { readonly kind: 'ASSIGN'; readonly user: UserRef }
  | { readonly kind: 'SPLIT'; readonly shares: readonly Share[] }
  | { readonly kind: 'RETURN' }
  | { readonly kind: 'WRITE_OFF' };

export interface DecisionCommand {
  readonly depositId: string;
  readonly decision: Decision;
  readonly reason: string;
  /** Chosen by the caller, who has a namespace of its own. */
  readonly key: string;
}

const MAX_SHARES = 50;

/**
 * Carries out what a person decided about an unclaimed deposit; the same key with the same content
 * once. The money leaves `desk.unclaimed` whole. Locks the deposit, then accounts of the books.
 * @returns whether it was done now
 * @throws BadInput, NotFound, IllegalState, UnknownUser, IdempotencyConflict, and what a withdrawal throws
 */
export async function decideDeposit(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: DecisionCommand,
): Promise<boolean> {
  checkKey(command.key);
  const reason = checkReason(command.reason);
  if (await decidedBefore(em, actor, command)) return false;
  const deposit = await lockDeposit(em, command.depositId);
  // Behind the lock: the same request, for which this one has waited, is there by now.
  if (await decidedBefore(em, actor, command)) return false;
  if (deposit.state !== 'UNCLAIMED') {
    throw new IllegalState('Only an UNCLAIMED deposit can be decided about.', {
      field: 'input.depositId',
      details: { state: deposit.state },
    });
  }
  const shares = await sharesOf(em, ids, deposit, command.decision);
  await because(em, reason);
  const id = ids.next();
  switch (command.decision.kind) {
    case 'ASSIGN':
    case 'SPLIT':
      await giveOut(em, ids, actor, deposit, shares, reason);
      break;
    case 'RETURN':
      await sendBack(em, ids, deposit, reason);
      break;
    case 'WRITE_OFF':
      await writeOff(em, actor, deposit, reason);
      break;
  }
  await execute(
    em,
    `insert into deposit_decisions
       (id, deposit_id, kind, shares, actor, reason, caller, client_key, content_hash)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9)`,
    [
      id,
      deposit.id,
      command.decision.kind,
      JSON.stringify(
        shares.map(({ userId, amount }) => ({ userId, amount: formatAmount(amount) })),
      ),
      formatActor(actor),
      reason,
      callerOf(actor),
      command.key,
      contentOf(command),
    ],
  );
  return true;
}

async function decidedBefore(
  em: EntityManager,
  actor: Actor,
  command: DecisionCommand,
): Promise<boolean> {
  const row = await queryOne<{ content: string }>(
    em,
    `select content_hash as content from deposit_decisions where caller = $1 and client_key = $2`,
    [callerOf(actor), command.key],
  );
  if (!row) return false;
  if (row.content === contentOf(command)) return true;
  throw new IdempotencyConflict('This key was used for another decision: take a new one.', {
    field: 'input.clientId',
  });
}

function contentOf({ depositId, decision, reason }: DecisionCommand): string {
  const shares =
    decision.kind === 'SPLIT'
      ? decision.shares.map(({ user, amount }) => `${refKey(user)} ${amount}`)
      : [];
  const user = decision.kind === 'ASSIGN' ? refKey(decision.user) : '';
  return contentHash(depositId, decision.kind, user, reason.trim(), ...shares);
}

async function lockDeposit(em: EntityManager, id: string): Promise<UnclaimedRow> {
  const row = isUuid(id)
    ? await queryOne<UnclaimedRow>(
        em,
        `select id, state, currency, coalesce(amount, 0) as amount, sender, suggestions
         from deposits where id = $1 for no key update`,
        [id],
      )
    : undefined;
  if (row) return row;
  throw new NotFound('There is no such deposit.', { field: 'input.depositId' });
}

async function sharesOf(
  em: EntityManager,
  ids: IdMaker,
  deposit: UnclaimedRow,
  decision: Decision,
): Promise<UserShare[]> {
  if (decision.kind === 'RETURN' || decision.kind === 'WRITE_OFF') return [];
  const currency = currencyOf(deposit);
  const shares =
    decision.kind === 'ASSIGN'
      ? [{ user: decision.user, amount: deposit.amount }]
      : decision.shares;
  const field = 'input.shares';
  if (decision.kind === 'SPLIT') {
    if (shares.length < 2 || shares.length > MAX_SHARES) {
      throw new BadInput(`Split it among 2 to ${MAX_SHARES} users.`, { field });
    }
    if (shares.some(({ amount }) => amount <= 0n)) {
      throw new BadInput('Each share is more than 0.', { field });
    }
    const total = sum(shares.map(({ amount }) => amount));
    if (total !== deposit.amount) {
      throw new BadInput(
        `The shares make ${formatAmount(total)} ${currency}, the deposit is ${formatAmount(deposit.amount)}: give out all of it.`,
        { field, details: { shares: formatAmount(total), amount: formatAmount(deposit.amount) } },
      );
    }
  }
  const users = await ensureUsers(
    em,
    ids,
    shares.map(({ user }) => user),
  );
  const named = shares.map(({ amount }, place) => {
    const user = users[place];
    if (!user) {
      throw new UnknownUser(decision.kind === 'ASSIGN' ? 'input.user' : `${field}.${place}.user`);
    }
    return { userId: user.id, amount };
  });
  if (new Set(named.map(({ userId }) => userId)).size < named.length) {
    throw new BadInput('Name each user once.', { field });
  }
  return named;
}
