import { because, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IllegalState } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, divideUp, formatAmount } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { type Posting, postTransfers } from '../ledger/post-transfers.ts';
import type { Address } from '../chain/address.ts';
import { lockForConversion } from '../rates/convert-balance.ts';
import { convertOnCredit, type Credit } from '../rates/convert-on-credit.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { readSettings } from '../settings/read-settings.ts';
import { intendWithdrawal } from '../withdrawals/intend-withdrawal.ts';
import { DEPOSIT_DECIDED } from './booked-deposits.ts';
import type { Suggestion } from './decide-payer.ts';
import type { DepositState } from './deposit-states.ts';

/** A deposit that a person decides about; locked. */
export interface UnclaimedRow {
  readonly id: string;
  readonly state: DepositState;
  readonly currency: Currency | null;
  readonly amount: bigint;
  readonly sender: Address;
  readonly suggestions: readonly Suggestion[];
}

/** What a user gets of it, in micro-units. */
export interface UserShare {
  readonly userId: string;
  readonly amount: bigint;
}

/** @throws IllegalState for a token that the desk does not take */
export function currencyOf({ currency }: UnclaimedRow): Currency {
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

/** All of it in one transfer, and converts what is to be converted. @throws IllegalState for a token */
export async function giveOut(
  em: EntityManager,
  ids: IdMaker,
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
  // What it paid is no longer open. After the deposit, as the scanner has it.
  const paid = !asked
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
  await convertOnCredit(em, ids, actor, creditsOf(deposit, shares));
}

/** The desk keeps it. */
export async function writeOff(
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

/** What is kept of a deposit that goes back, in micro-units: fee and chain cost, rounded up. */
export function returnFee(amount: bigint, currency: Currency, values: SettingValues): bigint {
  const perMille = BigInt(values['deposits.returnFeePerMille']);
  const cost =
    currency === 'TRX' ? values['deposits.returnCostSun'] : values['deposits.returnCostMicroUsdt'];
  return divideUp(amount * perMille, PER_MILLE) + cost;
}

/** To whom it came from, less the fee and what the chain takes; rounded in the desk's favour. */
export async function sendBack(
  em: EntityManager,
  ids: IdMaker,
  deposit: UnclaimedRow,
  reason: string,
): Promise<void> {
  const currency = currencyOf(deposit);
  const { values } = await readSettings(em);
  const fee = returnFee(deposit.amount, currency, values);
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
