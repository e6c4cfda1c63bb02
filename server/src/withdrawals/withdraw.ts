import { hash } from 'node:crypto';
import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { userAccounts } from '../ledger/accounts.ts';
import { readSettings } from '../settings/read-settings.ts';
import { usersByIds } from '../users/find-users.ts';
import type { UserRow } from '../users/user-row.ts';
import { checkPayee } from './check-address.ts';
import { writeWithdrawal } from './intend-withdrawal.ts';
import { withdrawalLimits, type WithdrawalLimits } from './withdrawal-limits.ts';
import { withdrawalOfKey } from './withdrawal-rows.ts';
import { LimitExceeded, PayoutNotPossible, UserMayNotWithdraw } from './withdrawals.errors.ts';

export interface WithdrawCommand {
  readonly userId: string;
  readonly currency: Currency;
  /** Micro-units that leave the balance, fee included. */
  readonly amount: bigint;
  readonly address: Address;
  readonly reason: string | null;
  /** The API client that asks. */
  readonly clientId: string | null;
  /** Chosen by the caller; each actor has a namespace of its own. */
  readonly key: string;
  /** What the chain takes of the desk when the address does not exist yet; 0 when it does. */
  readonly activationFee: bigint;
}

const MAX_KEY = 128;

/** How the caller's own keys are kept apart from others'. */
export function namespaceOf(actor: Actor): string {
  return `${actor.kind}:${actor.id ?? actor.name}`;
}

/**
 * Asks for a payment to a user and holds the money. The same key with the same content is the same
 * withdrawal. Withdrawals are decided one after the other, so that the sums of the day are right.
 * @returns its id
 * @throws BadInput, PayoutNotPossible, PayeeIsOurs, LimitExceeded, InsufficientBalance,
 *   UserMayNotWithdraw, IdempotencyConflict
 */
export async function withdraw(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: WithdrawCommand,
): Promise<string> {
  const { userId, currency, amount, address, key, activationFee } = command;
  if (key === '' || key.length > MAX_KEY) {
    throw new BadInput(`Give a client id of 1 to ${MAX_KEY} characters.`, {
      field: 'input.clientId',
    });
  }
  await query(em, `select pg_advisory_xact_lock(hashtext('withdrawals'))`);
  const caller = namespaceOf(actor);
  const contentHash = contentHashOf(command);
  // Behind the lock: a second click waits for the first and finds what it wrote.
  const earlier = await withdrawalOfKey(em, caller, key);
  if (earlier) {
    if (earlier.contentHash.equals(contentHash)) return earlier.id;
    throw new IdempotencyConflict('This client id stands for another withdrawal: take a new one.', {
      field: 'input.clientId',
    });
  }
  const { values } = await readSettings(em);
  const user = present((await usersByIds(em, [userId])).get(userId), 'user');
  if (!values['withdrawals.open']) {
    throw new PayoutNotPossible('Nothing is paid out at the moment. Try again later.');
  }
  if (user.standing === 'BLOCKED') throw new UserMayNotWithdraw();
  await checkPayee(em, address, values, 'input.address');
  await userAccounts(em, [userId], currency, { lock: true });
  const limits = withdrawalLimits(values, currency);
  const fee = limits.fee + activationFee;
  await checkLimits(em, command, fee, limits);
  const source = { kind: 'user', userId } as const;
  return writeWithdrawal(
    em,
    ids,
    {
      source,
      origin: 'USER',
      reference: null,
      currency,
      gross: amount,
      fee,
      address,
      reason: command.reason,
      approval: 'rule',
    },
    {
      caller,
      key,
      contentHash,
      clientId: command.clientId,
      activationFee,
      waitsBecause: await reasonToWait(em, actor, user, command, limits),
      notBefore: await payableFrom(em, command, values['withdrawals.newAddressSeconds']),
    },
  );
}

async function checkLimits(
  em: EntityManager,
  { userId, amount, currency }: WithdrawCommand,
  fee: bigint,
  { minimum: least, maximum: most, userDaily: daily }: WithdrawalLimits,
): Promise<void> {
  const text = (limit: bigint): string => `${formatAmount(limit)} ${currency}`;
  if (amount < least) {
    throw new LimitExceeded('minimum', `Withdraw at least ${text(least)}.`, least, currency);
  }
  if (amount > most) {
    throw new LimitExceeded('maximum', `Withdraw at most ${text(most)} at once.`, most, currency);
  }
  if (amount <= fee) {
    throw new LimitExceeded(
      'fee',
      `The fee is ${text(fee)}, so nothing would be left to pay. Withdraw more.`,
      fee,
      currency,
    );
  }
  const today = await lastDay(em, currency, userId);
  if (today + amount > daily) {
    throw new LimitExceeded(
      'daily',
      `Within 24 hours ${text(daily)} can be withdrawn; ${text(today)} are already.`,
      daily,
      currency,
    );
  }
}

/** What was asked for in the last 24 hours and not given back; of one user, or of all. */
async function lastDay(
  em: EntityManager,
  currency: Currency,
  userId: string | null,
): Promise<bigint> {
  const row = await queryOne<{ sum: bigint }>(
    em,
    `select coalesce(sum(gross), 0)::bigint as sum from withdrawals
     where requested_at > desk_now() - interval '24 hours' and state not in ('REJECTED', 'FAILED')
       and origin = 'USER' and currency = $2 and ($1::uuid is null or user_id = $1)`,
    [userId, currency],
  );
  return row?.sum ?? 0n;
}

async function reasonToWait(
  em: EntityManager,
  actor: Actor,
  user: UserRow,
  { amount, currency }: WithdrawCommand,
  { approvalAbove: alone, deskDaily: desk }: WithdrawalLimits,
): Promise<string | null> {
  if (actor.kind === 'OPERATOR') return 'An operator asked for it: a second person has to agree.';
  if (user.standing === 'LIMITED') return 'The user is limited.';
  if (amount > alone) return `It is more than ${formatAmount(alone)} ${currency}.`;
  if ((await lastDay(em, currency, null)) + amount > desk) {
    return `All withdrawals of 24 hours come to more than ${formatAmount(desk)} ${currency}.`;
  }
  return null;
}

/** Now, when the user was paid there before, or has kept the address for the delay. */
async function payableFrom(
  em: EntityManager,
  { userId, address }: WithdrawCommand,
  delaySeconds: number,
): Promise<Date> {
  const row = await queryOne<{ at: Date }>(
    em,
    `select case
       when exists (select from withdrawals
                    where user_id = $1 and address = $2 and state = 'SETTLED') then desk_now()
       else greatest(desk_now(), make_interval(secs => $3) + coalesce(
         (select created_at from user_addresses where user_id = $1 and address = $2), desk_now()))
     end as at`,
    [userId, address, delaySeconds],
  );
  return present(row, 'time').at;
}

function contentHashOf({ userId, currency, amount, address }: WithdrawCommand): Buffer {
  return hash('sha256', JSON.stringify([userId, currency, amount.toString(), address]), 'buffer');
}
