import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { type Actor, formatActor, parseActor } from '../kernel/actor.ts';
import { BadInput, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { endOf, type OnWithdrawalEnds } from './pay-withdrawals.ts';
import { releaseMoney } from './withdrawal-money.ts';
import { WITHDRAWAL_COLUMNS, type WithdrawalRow } from './withdrawal-rows.ts';
import { NeedsSecondPerson } from './withdrawals.errors.ts';

export interface WithdrawalDecision {
  readonly id: string;
  readonly reason: string;
}

const MAX_REASON = 500;

/**
 * Lets a withdrawal that waits go on. To approve it again is harmless.
 * @throws NotFound, BadInput, IllegalState, NeedsSecondPerson when an operator asked for it and is the one who approves
 */
export async function approveWithdrawal(
  em: EntityManager,
  actor: Actor,
  decision: WithdrawalDecision,
): Promise<void> {
  const reason = readReason(decision.reason);
  const row = await lockWithdrawal(em, decision.id);
  const requester = parseActor(row.requester);
  if (requester.kind === 'OPERATOR' && requester.id === actor.id) throw new NeedsSecondPerson();
  if (row.state !== 'WAITING') {
    const approvedBefore = row.decidedBy !== null && row.state !== 'REJECTED';
    if (approvedBefore && parseActor(row.decidedBy).id === actor.id) return;
    throw new IllegalState(`The withdrawal is ${row.state} and waits for nobody.`, {
      field: 'input.id',
      details: { state: row.state },
    });
  }
  await because(em, reason);
  await query(
    em,
    `update withdrawals
     set state = 'APPROVED', decided_by = $2, decision_reason = $3 where id = $1`,
    [row.id, formatActor(actor), reason],
  );
}

/**
 * Ends a withdrawal that no operation was intended for yet, and gives the money back. To reject it
 * again is harmless.
 * @throws NotFound, BadInput, IllegalState once it is with the engine
 */
export async function rejectWithdrawal(
  em: EntityManager,
  actor: Actor,
  decision: WithdrawalDecision,
  ended: OnWithdrawalEnds,
): Promise<void> {
  const reason = readReason(decision.reason);
  const row = await lockWithdrawal(em, decision.id);
  if (row.state === 'REJECTED') return;
  if (row.state !== 'REQUESTED' && row.state !== 'WAITING' && row.state !== 'APPROVED') {
    throw new IllegalState(
      `The withdrawal is ${row.state}: it is too late to call it back. If it fails, the money comes back by itself.`,
      { field: 'input.id', details: { state: row.state } },
    );
  }
  await because(em, reason);
  await query(
    em,
    `update withdrawals
     set state = 'REJECTED', decided_by = $2, decision_reason = $3, ended_at = desk_now()
     where id = $1`,
    [row.id, formatActor(actor), reason],
  );
  await releaseMoney(em, actor, [{ ...row, why: reason }]);
  await ended(em, [endOf('REJECTED')(row)]);
}

/** @throws NotFound */
async function lockWithdrawal(em: EntityManager, id: string): Promise<WithdrawalRow> {
  const row = isUuid(id)
    ? await queryOne<WithdrawalRow>(
        em,
        `select ${WITHDRAWAL_COLUMNS} from withdrawals w where w.id = $1 for no key update`,
        [id],
      )
    : undefined;
  if (!row) throw new NotFound('There is no such withdrawal.', { field: 'input.id' });
  return row;
}

function readReason(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > MAX_REASON) {
    throw new BadInput(`Give a reason, of up to ${MAX_REASON} characters.`, {
      field: 'input.reason',
    });
  }
  return reason;
}
