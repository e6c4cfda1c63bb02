import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, MAX_MICROS } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { ensureUsers } from './ensure-users.ts';
import type { UserRef } from './user-ref.ts';
import { InsufficientBalance, UnknownUser } from './user.errors.ts';
import type { UserRow } from './user-row.ts';

export interface Adjustment {
  readonly user: UserRef;
  /** Micro-units; negative takes from the user. */
  readonly amount: bigint;
  readonly currency: Currency;
  readonly reason: string;
  /** Chosen by the caller; each actor has a namespace of its own. */
  readonly idempotencyKey: string;
}

const KIND = 'adjustment';
const MAX_KEY = 128;
const MAX_REASON = 500;

/**
 * Gives to a user's balance or takes from it, against `desk.adjustments`. The same key with the
 * same content moves the money once and answers the same again. A new Telegram id or external id
 * becomes a user.
 * @throws BadInput, UnknownUser (by id), InsufficientBalance, IdempotencyConflict
 */
export async function adjustBalance(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  adjustment: Adjustment,
): Promise<UserRow> {
  const { amount, currency } = adjustment;
  const reason = text(adjustment.reason, MAX_REASON, 'reason', 'Say why the balance changes');
  const key = text(adjustment.idempotencyKey, MAX_KEY, 'idempotencyKey', 'Give a key of your own');
  if (amount === 0n || amount > MAX_MICROS || amount < -MAX_MICROS) {
    throw new BadInput('Give an amount other than 0 that the books can hold.', {
      field: 'input.amount',
    });
  }
  const [user] = await ensureUsers(em, ids, [adjustment.user]);
  if (!user) throw new UnknownUser('input.user.id');

  const accounts = await userAccounts(em, [user.id], currency, { lock: true });
  const available = accounts.get(user.id)?.available ?? { id: 0n, balance: 0n };
  const reference = `${actor.kind}:${actor.id ?? actor.name}:${key}`;
  const before = await postedBefore(em, reference);
  if (before) {
    const same =
      before.userId === user.id &&
      before.asset === currency &&
      before.amount === amount &&
      before.reason === reason;
    if (same) return user;
    throw new IdempotencyConflict('This key was used for another adjustment: take a new one.', {
      field: 'input.idempotencyKey',
    });
  }

  const balance = available.balance + amount;
  if (balance < 0n) {
    throw new InsufficientBalance(-amount, available.balance, currency, 'input.amount');
  }
  if (balance > MAX_MICROS) {
    throw new BadInput('The balance would be larger than the books can hold.', {
      field: 'input.amount',
    });
  }
  const counterpart = await systemAccount(em, 'desk.adjustments', currency);
  await postTransfers(em, actor, [
    {
      kind: KIND,
      reference,
      reason,
      postings: [
        { account: available.id, amount },
        { account: counterpart, amount: -amount },
      ],
    },
  ]);
  return user;
}

interface Posted {
  readonly userId: string;
  readonly asset: Currency;
  readonly amount: bigint;
  readonly reason: string;
}

async function postedBefore(em: EntityManager, reference: string): Promise<Posted | undefined> {
  const [row] = await query<Posted>(
    em,
    `select a.user_id as "userId", a.asset, e.amount, t.reason
     from ledger_transfers t
     join ledger_entries e on e.transfer_id = t.id
     join ledger_accounts a on a.id = e.account_id and a.user_id is not null
     where t.kind = $1 and t.reference = $2`,
    [KIND, reference],
  );
  return row;
}

function text(value: string, most: number, field: string, what: string): string {
  const trimmed = value.trim();
  if (trimmed === '' || trimmed.length > most) {
    throw new BadInput(`${what}, in 1 to ${most} characters.`, { field: `input.${field}` });
  }
  return trimmed;
}
