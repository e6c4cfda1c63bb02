import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, MAX_MICROS } from '../kernel/money.ts';
import { systemAccount, type UserAccounts, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { readSettings } from '../settings/read-settings.ts';
import { InsufficientBalance } from '../users/user.errors.ts';
import { CONVERSION_COLUMNS, type ConversionRow } from './conversion-rows.ts';
import { type Rate, requireRate } from './current-rate.ts';
import { converted } from './price.ts';
import { RateChanged } from './rates.errors.ts';

/** The kind of transfers that conversions post; the reference is the conversion's id. */
export const CONVERSION = 'conversion';

export interface ConvertCommand {
  readonly userId: string;
  readonly from: Currency;
  readonly to: Currency;
  /** Micro-units of `from`. */
  readonly amount: bigint;
  /** Refused when it gives less, in micro-units of `to`; null takes what the rate gives. */
  readonly minReceived: bigint | null;
  /** Chosen by the caller; each actor has a namespace of its own. */
  readonly clientId: string;
}

const MAX_CLIENT_ID = 128;

/**
 * Turns a user's money into the other currency, at the rate of now less the spread, rounded down.
 * The same client id with the same content converts once and answers the same again.
 *
 * Locks the user's accounts, TRX before USDT.
 * @throws BadInput, InsufficientBalance, RateUnavailable, RateChanged, IdempotencyConflict
 */
export async function convertBalance(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: ConvertCommand,
): Promise<ConversionRow> {
  const { userId, from, to, amount, minReceived, clientId } = command;
  if (clientId === '' || clientId.length > MAX_CLIENT_ID) {
    throw new BadInput(`Give a client id of 1 to ${MAX_CLIENT_ID} characters.`, {
      field: 'input.clientId',
    });
  }
  checkWay(from, to);
  checkAmount(amount);
  const accounts = await lockForConversion(em, [userId]);
  const caller = `${actor.kind}:${actor.id ?? actor.name}`;
  const earlier = await queryOne<ConversionRow>(
    em,
    `select ${CONVERSION_COLUMNS} from conversions where caller = $1 and client_id = $2`,
    [caller, clientId],
  );
  if (earlier) {
    const same =
      earlier.userId === userId && earlier.from === from && earlier.amountFrom === amount;
    if (same) return earlier;
    throw new IdempotencyConflict('This client id stands for another conversion: take a new one.', {
      field: 'input.clientId',
    });
  }
  const { values } = await readSettings(em);
  const rate = await requireRate(em, values);
  const available = present(accounts[from].get(userId), 'accounts').available.balance;
  if (available < amount) throw new InsufficientBalance(amount, available, from, 'input.amount');
  const received = converted(amount, { from, to }, rate.pricePico, values['rates.spreadPerMille']);
  if (received <= 0n || received > MAX_MICROS) {
    throw new BadInput('That is too little or too much to be converted.', {
      field: 'input.amount',
    });
  }
  if (minReceived !== null && received < minReceived) {
    throw new RateChanged(minReceived, received, to);
  }
  const id = ids.next();
  const wish = { id, userId, from, to, amount, received, caller, clientId, creditOf: null };
  await writeConversions(em, actor, [wish], {
    rate,
    accounts,
    spread: values['rates.spreadPerMille'],
  });
  return present(
    await queryOne<ConversionRow>(
      em,
      `select ${CONVERSION_COLUMNS} from conversions where id = $1`,
      [id],
    ),
    'conversion',
  );
}

/** @throws BadInput unless the two differ */
export function checkWay(from: Currency, to: Currency): void {
  if (from === to) {
    throw new BadInput('Name two different currencies.', { field: 'input.to' });
  }
}

/** @throws BadInput unless the books can hold it */
export function checkAmount(amount: bigint): void {
  if (amount <= 0n || amount > MAX_MICROS) {
    throw new BadInput('Give an amount above 0 that the books can hold.', {
      field: 'input.amount',
    });
  }
}

type BothAccounts = Readonly<Record<Currency, ReadonlyMap<string, UserAccounts>>>;

/**
 * The users' accounts in both currencies, locked in the one order that is free of deadlocks. Whoever
 * credits and converts in one transaction calls it before the credit is posted.
 */
export async function lockForConversion(
  em: EntityManager,
  userIds: readonly string[],
): Promise<BothAccounts> {
  const TRX = await userAccounts(em, userIds, 'TRX', { lock: true });
  const USDT = await userAccounts(em, userIds, 'USDT', { lock: true });
  return { TRX, USDT };
}

export interface NewConversion {
  readonly id: string;
  readonly userId: string;
  readonly from: Currency;
  readonly to: Currency;
  readonly amount: bigint;
  readonly received: bigint;
  readonly caller: string;
  readonly clientId: string;
  readonly creditOf: string | null;
}

/** Writes conversions and moves their money: each balances in both currencies through `desk.exchange`. */
export async function writeConversions(
  em: EntityManager,
  actor: Actor,
  conversions: readonly NewConversion[],
  {
    rate,
    accounts,
    spread,
  }: { readonly rate: Rate; readonly accounts: BothAccounts; readonly spread: number },
): Promise<void> {
  await query(
    em,
    `insert into conversions
       (id, user_id, from_currency, to_currency, amount_from, amount_to, caller, client_id, credit_of,
        rate_id, price_pico, sources, spread_per_mille, actor)
     select c.*, $10, $11, $12, $13, current_setting('desk.actor')
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
                 $7::text[], $8::text[], $9::text[]) as c`,
    [
      conversions.map(({ id }) => id),
      conversions.map(({ userId }) => userId),
      conversions.map(({ from }) => from),
      conversions.map(({ to }) => to),
      conversions.map(({ amount }) => amount),
      conversions.map(({ received }) => received),
      conversions.map(({ caller }) => caller),
      conversions.map(({ clientId }) => clientId),
      conversions.map(({ creditOf }) => creditOf),
      rate.id,
      rate.pricePico,
      JSON.stringify(rate.sources),
      spread,
    ],
  );
  const exchange = {
    TRX: await systemAccount(em, 'desk.exchange', 'TRX'),
    USDT: await systemAccount(em, 'desk.exchange', 'USDT'),
  };
  const available = (userId: string, currency: Currency): bigint =>
    present(accounts[currency].get(userId), 'accounts of the user').available.id;
  await postTransfers(
    em,
    actor,
    conversions.map(({ id, userId, from, to, amount, received }) => ({
      kind: CONVERSION,
      reference: id,
      postings: [
        { account: available(userId, from), amount: -amount },
        { account: exchange[from], amount },
        { account: exchange[to], amount: -received },
        { account: available(userId, to), amount: received },
      ],
    })),
  );
}
