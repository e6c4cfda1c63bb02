import type { EntityManager } from '../database/database.ts';
import { because } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, divideUp, formatAmount } from '../kernel/money.ts';
import type { Random } from '../kernel/random.ts';
import type { Address } from '../chain/address.ts';
import { readSettings } from '../settings/read-settings.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { refKey, type UserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import { NoDepositAddress, TooManyRequests } from './deposit.errors.ts';
import { callerOf, checkKey, contentHash } from './deposit-key.ts';
import { openPayTo } from './own-address.ts';

export interface DepositRequest {
  readonly user: UserRef;
  readonly amount: bigint;
  readonly currency: Currency;
  /** Chosen by the caller, who has a namespace of its own. */
  readonly key: string;
  /** The API client that asks; null for people. */
  readonly clientId: string | null;
  /** Chain time now: of the newest block that is known. */
  readonly chainMs: number;
}

/** What is asked for is rounded up to this, and what makes it unique comes behind. */
const STEP = 10_000n;
const MAX_TAIL = 9_999;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Letters and digits that are not mistaken for each other (Crockford). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/**
 * Opens a request: an address, and an amount that nobody else is given there until long after it has
 * expired. The same key with the same content answers the same request.
 * @returns its id
 * @throws BadInput, UnknownUser, NoDepositAddress, TooManyRequests, IdempotencyConflict
 */
export async function requestDeposit(
  em: EntityManager,
  ids: IdMaker,
  random: Random,
  actor: Actor,
  request: DepositRequest,
): Promise<string> {
  const { amount, currency, key, chainMs } = request;
  checkKey(key);
  const content = contentHash(refKey(request.user), amount.toString(), currency);
  const before = await requestedBefore(em, actor, key, content);
  if (before !== null) return before;
  const { values } = await readSettings(em);
  const least =
    currency === 'TRX' ? values['deposits.minimumSun'] : values['deposits.minimumMicroUsdt'];
  if (amount < least) {
    throw new BadInput(`Deposit at least ${formatAmount(least)} ${currency}.`, {
      field: 'input.amount',
      details: { least: formatAmount(least), currency },
    });
  }
  if (amount > MAX_ASKED) {
    throw new BadInput(`Ask for at most ${formatAmount(MAX_ASKED)} ${currency} at a time.`, {
      field: 'input.amount',
    });
  }
  const [user] = await ensureUsers(em, ids, [request.user]);
  if (!user) throw new UnknownUser('input.user.id');
  const payTo = await openPayTo(em, values, user.id);
  if (!payTo) throw new NoDepositAddress();
  const { address } = payTo;

  // One after the other at an address, so that no two find the same amount free.
  await query(em, 'select pg_advisory_xact_lock(hashtextextended($1, 7303))', [
    `${address} ${currency}`,
  ]);
  // The same request, for which this one has waited, is there by now.
  const meanwhile = await requestedBefore(em, actor, key, content);
  if (meanwhile !== null) return meanwhile;
  await refuseTooMany(em, user.id, values['deposits.openRequests'], chainMs);
  const unique = await freeAmount(em, address, currency, amount, chainMs);
  const expiresMs = chainMs + values['deposits.requestMinutes'] * MINUTE_MS;
  const id = ids.next();
  await because(em, 'asked for');
  await query(
    em,
    `insert into deposit_intents
       (id, state, user_id, client_id, caller, client_key, content_hash, address, currency, asked,
        amount, code, created_ms, expires_ms, reserved_ms)
     values ($1, 'OPEN', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      user.id,
      request.clientId,
      callerOf(actor),
      key,
      content,
      address,
      currency,
      amount,
      unique,
      codeOf(random),
      chainMs,
      expiresMs,
      expiresMs + values['deposits.reservedHours'] * HOUR_MS,
    ],
  );
  return id;
}

/** 10 million: far below what a bigint holds, with room for the tail. */
const MAX_ASKED = 10_000_000n * 1_000_000n;

async function requestedBefore(
  em: EntityManager,
  actor: Actor,
  key: string,
  content: string,
): Promise<string | null> {
  const row = await queryOne<{ id: string; content: string }>(
    em,
    `select id, content_hash as content from deposit_intents where caller = $1 and client_key = $2`,
    [callerOf(actor), key],
  );
  if (!row) return null;
  if (row.content === content) return row.id;
  throw new IdempotencyConflict('This key was used for another request: take a new one.', {
    field: 'input.clientId',
  });
}

async function refuseTooMany(
  em: EntityManager,
  userId: string,
  most: number,
  chainMs: number,
): Promise<void> {
  const row = await queryOne<{ open: bigint }>(
    em,
    `select count(*) as open from deposit_intents
     where user_id = $1 and state = 'OPEN' and expires_ms >= $2`,
    [userId, chainMs],
  );
  if (present(row, 'count').open < most) return;
  throw new TooManyRequests(
    `This user has ${most} open requests: wait until one is paid or has expired.`,
    { field: 'input.user', details: { open: most } },
  );
}

/**
 * The least amount from what is asked for, rounded up, that nobody has been given. Own addresses have
 * unique amounts too: so each payment names its request.
 */
async function freeAmount(
  em: EntityManager,
  address: Address,
  currency: Currency,
  asked: bigint,
  chainMs: number,
): Promise<bigint> {
  const base = divideUp(asked, STEP) * STEP;
  const row = await queryOne<{ amount: bigint }>(
    em,
    `select $3::bigint + tail as amount from generate_series(1, $5::int) as tail
     where not exists (
       select from deposit_intents i
       where i.address = $1 and i.currency = $2 and i.amount = $3::bigint + tail
         and (i.reserved_ms >= $4 or i.state = 'OPEN'))
     order by tail limit 1`,
    [address, currency, base, chainMs, MAX_TAIL],
  );
  if (row) return row.amount;
  throw new TooManyRequests(
    'All amounts of this size are taken: ask for a slightly different amount.',
    { field: 'input.amount' },
  );
}

function codeOf(random: Random): string {
  return `D${Array.from({ length: CODE_LENGTH }, () => LETTERS[random.below(LETTERS.length)]).join('')}`;
}
