import { because, type EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { type Currency, formatAmount, sum } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { type Posting, postTransfers } from '../ledger/post-transfers.ts';
import type { Address } from '../chain/address.ts';
import { lockForConversion } from '../rates/convert-balance.ts';
import { convertOnCredit, type Credit } from '../rates/convert-on-credit.ts';
import { readSettings } from '../settings/read-settings.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { refKey, type UserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import { intendWithdrawal } from '../withdrawals/intend-withdrawal.ts';
import { DEPOSIT_DECIDED } from './booked-deposits.ts';
import type { Suggestion } from './decide-payer.ts';
import { callerOf, checkKey, checkReason, contentHash } from './deposit-key.ts';
import type { DepositState } from './deposit-states.ts';

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

interface UnclaimedRow {
  readonly id: string;
  readonly state: DepositState;
  readonly currency: Currency | null;
  readonly amount: bigint;
  readonly sender: Address;
  readonly suggestions: readonly Suggestion[];
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
      await giveOut(em, actor, deposit, shares, reason);
      await convertOnCredit(em, ids, actor, creditsOf(deposit, shares));
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

/** @throws IllegalState for a token that the desk does not take */
function currencyOf({ currency }: UnclaimedRow): Currency {
  if (currency !== null) return currency;
  throw new IllegalState(
    'This is a token that the desk does not take: it can only be written off.',
    {
      field: 'input.depositId',
    },
  );
}

/** What may be converted: each share by a name of its own. */
function creditsOf(deposit: UnclaimedRow, shares: readonly UserShare[]): Credit[] {
  const currency = currencyOf(deposit);
  return shares.map(({ userId, amount }, place) => ({
    reference: shares.length === 1 ? deposit.id : `${deposit.id}:${place}`,
    userId,
    currency,
    amount,
  }));
}

interface UserShare {
  readonly userId: string;
  readonly amount: bigint;
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

/** All of it in one transfer. */
async function giveOut(
  em: EntityManager,
  actor: Actor,
  deposit: UnclaimedRow,
  shares: readonly UserShare[],
  reason: string,
): Promise<void> {
  const currency = currencyOf(deposit);
  const accounts = await userAccounts(
    em,
    shares.map(({ userId }) => userId),
    currency,
    { lock: false },
  );
  const [only, ...others] = shares;
  const userId = others.length === 0 ? only?.userId : undefined;
  const asked = deposit.suggestions.find((one) => one.userId === userId && one.intentId !== null);
  // Requests before deposits, as the scanner has it: what it paid is no longer open.
  const paid =
    asked?.intentId == null
      ? []
      : await query<{ id: string; clientId: string | null }>(
          em,
          `update deposit_intents set state = 'PAID' where id = $1 and state in ('OPEN', 'EXPIRED')
           returning id, client_id as "clientId"`,
          [asked.intentId],
        );
  await execute(
    em,
    `update deposits
     set state = 'CREDITED', user_id = $2, matched_by = 'OPERATOR', intent_id = $3,
         client_id = coalesce($4, (select client_id from users where id = $2)),
         settled_at = desk_now()
     where id = $1`,
    [deposit.id, userId ?? null, paid[0]?.id ?? null, paid[0]?.clientId ?? null],
  );
  if (currency === 'USDT') {
    await lockForConversion(
      em,
      shares.map((share) => share.userId),
    );
  }
  await settle(em, actor, deposit, reason, (taken) => [
    ...shares.map((share) => ({
      account: present(accounts.get(share.userId), 'accounts').available.id,
      amount: share.amount,
    })),
    taken,
  ]);
}

async function writeOff(
  em: EntityManager,
  actor: Actor,
  deposit: UnclaimedRow,
  reason: string,
): Promise<void> {
  await execute(
    em,
    `update deposits set state = 'WRITTEN_OFF', settled_at = desk_now() where id = $1`,
    [deposit.id],
  );
  // A token that the desk does not take is in no books.
  if (deposit.currency === null) return;
  const kept = await systemAccount(em, 'desk.unclaimed.kept', deposit.currency);
  await settle(em, actor, deposit, reason, (taken) => [
    { account: kept, amount: deposit.amount },
    taken,
  ]);
}

async function settle(
  em: EntityManager,
  actor: Actor,
  deposit: UnclaimedRow,
  reason: string,
  postings: (taken: Posting) => Posting[],
): Promise<void> {
  const account = await systemAccount(em, 'desk.unclaimed', currencyOf(deposit));
  await postTransfers(em, actor, [
    {
      kind: DEPOSIT_DECIDED,
      reference: deposit.id,
      reason,
      postings: postings({ account, amount: -deposit.amount }),
    },
  ]);
}

const PER_MILLE = 1_000n;

/** To whom it came from, less the fee and what the chain takes; rounded in the desk's favour. */
async function sendBack(
  em: EntityManager,
  ids: IdMaker,
  deposit: UnclaimedRow,
  reason: string,
): Promise<void> {
  const currency = currencyOf(deposit);
  const { values } = await readSettings(em);
  const perMille = BigInt(values['deposits.returnFeePerMille']);
  const cost =
    currency === 'TRX' ? values['deposits.returnCostSun'] : values['deposits.returnCostMicroUsdt'];
  const fee = (deposit.amount * perMille + PER_MILLE - 1n) / PER_MILLE + cost;
  if (fee >= deposit.amount) {
    throw new BadInput(
      `Fee and chain cost are ${formatAmount(fee)} ${currency}, which leaves nothing to send back: write it off.`,
      { field: 'input.depositId', details: { fee: formatAmount(fee), currency } },
    );
  }
  const withdrawalId = await intendWithdrawal(em, ids, {
    source: { kind: 'account', code: 'desk.unclaimed' },
    origin: 'DEPOSIT_RETURN',
    reference: deposit.id,
    currency,
    gross: deposit.amount,
    fee,
    address: deposit.sender,
    reason,
    approval: 'rule',
  });
  await because(em, reason);
  await execute(em, `update deposits set state = 'RETURNING', return_id = $2 where id = $1`, [
    deposit.id,
    withdrawalId,
  ]);
}
