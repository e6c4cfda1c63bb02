import { hash } from 'node:crypto';
import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { type Actor, parseActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import type { AccountCode } from '../ledger/chart.ts';
import { readSettings } from '../settings/read-settings.ts';
import { checkPayee } from './check-address.ts';
import { holdForWithdrawal } from './withdrawal-money.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';
import type { WithdrawalOrigin } from './withdrawal-rows.ts';

export interface WithdrawalIntention {
  /** Where the money is taken from now; it goes back there if the payment is rejected or fails. */
  readonly source:
    | { readonly kind: 'user'; readonly userId: string }
    | { readonly kind: 'account'; readonly code: AccountCode };
  readonly origin: WithdrawalOrigin;
  /** What asked for it: the deposit; null for a user's own. One open or paid one for each. */
  readonly reference: string | null;
  readonly currency: Currency;
  /** Micro-units that leave the source. */
  readonly gross: bigint;
  /** Part of them that the desk keeps. */
  readonly fee: bigint;
  readonly address: Address;
  readonly reason: string | null;
  /** 'rule' waits for a person when the amount is above the setting's limit. */
  readonly approval: 'rule' | 'approved' | 'wait';
}

/** What only a user's own withdrawal has. */
export interface WithdrawalTerms {
  readonly caller: string;
  readonly key: string;
  readonly contentHash: Buffer;
  readonly clientId: string | null;
  readonly activationFee: bigint;
  /** Why a person has to agree; null when nobody has to. */
  readonly waitsBecause: string | null;
  readonly notBefore: Date;
}

/**
 * Takes the money from its source and writes down that it shall be paid. The engine's sweep sends it.
 * The actor is the transaction's. Locks accounts of the books.
 * @returns the withdrawal's id
 * @throws BadInput, PayoutNotPossible, PayeeIsOurs, InsufficientBalance
 */
export async function intendWithdrawal(
  em: EntityManager,
  ids: IdMaker,
  intention: WithdrawalIntention,
): Promise<string> {
  const { approval, gross, fee, reference, address, origin } = intention;
  const { values } = await readSettings(em);
  if (fee < 0n || gross <= fee) {
    throw new BadInput('The fee leaves nothing to be paid.', { field: 'input.amount' });
  }
  await checkPayee(em, address, values, 'input.address');
  const large = gross - fee > withdrawalLimits(values, intention.currency).approvalAbove;
  const key = ids.next();
  const { now } = present(
    await queryOne<{ now: Date }>(em, 'select desk_now() as now'),
    'the time',
  );
  return writeWithdrawal(em, ids, intention, {
    caller: `origin:${origin}`,
    key,
    contentHash: hash('sha256', `${origin} ${reference ?? ''} ${key}`, 'buffer'),
    clientId: null,
    activationFee: 0n,
    waitsBecause:
      approval === 'wait' || (approval === 'rule' && large)
        ? 'It needs somebody of FINANCE to agree.'
        : null,
    notBefore: now,
  });
}

/** Writes what was decided, and holds the money in the same transaction. */
export async function writeWithdrawal(
  em: EntityManager,
  ids: IdMaker,
  intention: WithdrawalIntention,
  terms: WithdrawalTerms,
): Promise<string> {
  const id = ids.next();
  const { source, currency, gross, fee } = intention;
  const userId = source.kind === 'user' ? source.userId : null;
  const sourceCode = source.kind === 'account' ? source.code : null;
  await because(em, terms.waitsBecause ?? intention.reason ?? 'asked for');
  await query(
    em,
    `insert into withdrawals
       (id, state, origin, reference, user_id, source_code, client_id, currency, gross, fee,
        activation_fee, address, reason, caller, key, content_hash, requester, waits_because,
        not_before)
     select $1, case when $16::text is not null then 'WAITING'
                     when $17::timestamptz > desk_now() then 'REQUESTED' else 'APPROVED' end,
            $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            current_setting('desk.actor'), $16, $17`,
    [
      id,
      intention.origin,
      intention.reference,
      userId,
      sourceCode,
      terms.clientId,
      currency,
      gross,
      fee,
      terms.activationFee,
      intention.address,
      intention.reason,
      terms.caller,
      terms.key,
      terms.contentHash,
      terms.waitsBecause,
      terms.notBefore,
    ],
  );
  await holdForWithdrawal(em, await actorOfTransaction(em), {
    id,
    userId,
    sourceCode,
    currency,
    gross,
    fee,
  });
  return id;
}

/** Who the transaction acts for. */
export async function actorOfTransaction(em: EntityManager): Promise<Actor> {
  const row = await queryOne<{ actor: string }>(
    em,
    `select current_setting('desk.actor') as actor`,
  );
  return parseActor(present(row, 'actor').actor);
}
