import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { recordEvents } from '../events/record-events.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { requireKey } from '../permissions/require-key.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { type LockedWallet, lockWallet, readWalletFacts } from '../staking/wallet-facts.ts';
import { type HeldTokens, spendableTokens } from './held-tokens.ts';

/** Payments to users; the reference is the withdrawal. */
export const WITHDRAWAL = 'withdrawal';

/** In one sweep; what is left over is found by the next. */
const BUNCH = 50;

interface Payable {
  id: string;
  currency: Currency;
  address: Address;
  gross: bigint;
  fee: bigint;
  activation_fee: bigint;
}

/**
 * Hands approved withdrawals to the engine, the oldest first, as far as the payout wallet can pay
 * them beside everything else that is under way, fees of USDT transfers included; its row is locked,
 * so that no two payers spend the same TRX or USDT. One that is too large waits, and says so, while smaller ones go on. Any number of
 * processes may try at once.
 *
 * Locks withdrawals, then the wallet.
 * @param held what some wallet was just seen to hold; USDT wait where that is not the payout wallet
 * @returns how many were handed over
 */
export async function sendWithdrawals(
  em: EntityManager,
  ids: IdMaker,
  held: HeldTokens | null = null,
): Promise<number> {
  const { values } = await readSettings(em);
  if (!values['withdrawals.open']) return 0;
  await approveRipe(em);
  const payable = await query<Payable>(
    em,
    `select id, currency, address, gross, fee, activation_fee from withdrawals
     where state = 'APPROVED' and not_before <= desk_now()
     order by id limit ${BUNCH.toString()} for no key update skip locked`,
  );
  if (payable.length === 0) return 0;
  const all = payable.map(({ id }) => id);
  const payer = await payoutWallet(em, values);
  if (typeof payer === 'string') {
    await tellProblem(em, all, payer);
    return 0;
  }
  try {
    return await payFrom(em, ids, payer, payable, values, held);
  } catch (error) {
    // Nothing was written: the checks come before the first write.
    if (!(error instanceof DomainError)) throw error;
    await tellProblem(em, all, error.message);
    return 0;
  }
}

async function approveRipe(em: EntityManager): Promise<void> {
  await because(em, 'the delay of a new address is over');
  await query(
    em,
    `update withdrawals set state = 'APPROVED' where id in (
       select id from withdrawals where state = 'REQUESTED' and not_before <= desk_now()
       order by id limit ${BUNCH.toString()} for no key update skip locked)`,
  );
}

/** The locked wallet that pays, or the sentence why none can. */
async function payoutWallet(
  em: EntityManager,
  values: SettingValues,
): Promise<LockedWallet | string> {
  const address = payoutAddress(values);
  if (address === null) {
    return 'No wallet pays: set withdrawals.payoutWallet to the address of a wallet of the pool.';
  }
  const found = await queryOne<{ id: string; held: boolean }>(
    em,
    `select w.id, m.mode <> 'ACCEPT' or w.address = any(m.held_wallets) as held
     from wallets w cross join safe_mode m where w.address = $1`,
    [address],
  );
  if (!found) return 'withdrawals.payoutWallet names no wallet of the pool.';
  // Begun now, it would only run into its deadline.
  if (found.held) return 'The safe mode holds payments that leave the pool.';
  return present(await lockWallet(em, found.id), 'payout wallet');
}

/** The account that pays users. */
export function payoutAddress(values: SettingValues): Address | null {
  return values['withdrawals.payoutWallet'] ?? values['upkeep.treasuryWallet'];
}

/** The account whose USDT have to be looked at before anything can be paid of them; null for none. */
export async function tokenPayer(em: EntityManager): Promise<{
  readonly owner: Address;
  readonly contract: Address;
} | null> {
  const waiting = await queryOne(
    em,
    `select from withdrawals
     where state in ('REQUESTED', 'APPROVED') and not_before <= desk_now() and currency = 'USDT' limit 1`,
  );
  if (!waiting) return null;
  const { values } = await readSettings(em);
  const owner = payoutAddress(values);
  return owner && { owner, contract: values['deposits.usdtContract'] };
}

async function payFrom(
  em: EntityManager,
  ids: IdMaker,
  wallet: LockedWallet,
  payable: readonly Payable[],
  values: SettingValues,
  held: HeldTokens | null,
): Promise<number> {
  const currencies = new Set(payable.map(({ currency }) => currency));
  if (currencies.has('TRX')) await requireKey(em, wallet.id, 'transfer');
  if (currencies.has('USDT')) await requireKey(em, wallet.id, 'tokenTransfer');
  const contract = values['deposits.usdtContract'];
  const feeLimitSun = values['withdrawals.usdtFeeLimitSun'];
  const seen = held?.owner === wallet.address && held.contract === contract ? held : null;
  let tokens = seen && (await spendableTokens(em, seen));
  const { balance, spending, feeReserve } = await readWalletFacts(em, wallet, values);
  let left = balance - spending - feeReserve - (await activationsUnderWay(em, wallet.id));
  const paid: (Payable & { operationId: string })[] = [];
  const short: string[] = [];
  const shortOfTokens: string[] = [];
  for (const one of payable) {
    const net = one.gross - one.fee;
    const needed = one.currency === 'TRX' ? net + one.activation_fee : feeLimitSun;
    if (one.currency === 'USDT' && (tokens === null || net > tokens)) shortOfTokens.push(one.id);
    else if (needed > left) short.push(one.id);
    else {
      left -= needed;
      if (one.currency === 'USDT' && tokens !== null) tokens -= net;
      paid.push({ ...one, operationId: ids.next() });
    }
  }
  await tellProblem(
    em,
    shortOfTokens,
    tokens === null
      ? 'It is not known yet how many USDT the payout wallet has.'
      : `The payout wallet has ${formatAmount(tokens > 0n ? tokens : 0n)} USDT to spare: pay USDT in.`,
  );
  await tellProblem(
    em,
    short,
    `The payout wallet has ${formatAmount(left > 0n ? left : 0n)} TRX to spare: pay TRX in.`,
  );
  if (paid.length === 0) return 0;
  const { deadline } = present(
    await queryOne<{ deadline: Date }>(
      em,
      'select desk_now() + make_interval(secs => $1) as deadline',
      [values['withdrawals.deadlineSeconds']],
    ),
    'deadline',
  );
  await because(em, 'paid by the payout wallet');
  await intendOperations(
    em,
    paid.map(({ id, operationId, currency, address: to, gross, fee }) => ({
      id: operationId,
      effect:
        currency === 'TRX'
          ? { kind: 'transfer', owner: wallet.address, to, amountSun: gross - fee }
          : {
              kind: 'tokenTransfer',
              owner: wallet.address,
              contract,
              to,
              amount: gross - fee,
              feeLimitSun,
            },
      permissionId: wallet.permission_id,
      purpose: WITHDRAWAL,
      reference: id,
      deadlineAt: deadline,
    })),
  );
  await query(
    em,
    `update withdrawals w
     set state = 'SENDING', wallet_id = $3, operation_id = p.operation_id, problem = null
     from unnest($1::uuid[], $2::uuid[]) as p(id, operation_id) where w.id = p.id`,
    [paid.map(({ id }) => id), paid.map(({ operationId }) => operationId), wallet.id],
  );
  return paid.length;
}

/** What payments on their way burn for addresses that do not exist yet; their amounts are counted elsewhere. */
async function activationsUnderWay(em: EntityManager, walletId: string): Promise<bigint> {
  const row = await queryOne<{ sun: bigint }>(
    em,
    `select coalesce(sum(activation_fee), 0)::bigint as sun from withdrawals
     where wallet_id = $1 and state in ('SENDING', 'SENT')`,
    [walletId],
  );
  return row?.sun ?? 0n;
}

async function tellProblem(
  em: EntityManager,
  withdrawalIds: readonly string[],
  problem: string,
): Promise<void> {
  if (withdrawalIds.length === 0) return;
  const told = await query<{ id: string; userId: string | null; clientId: string | null }>(
    em,
    `update withdrawals set problem = $2
     where id = any($1::uuid[]) and problem is distinct from $2
     returning id, user_id as "userId", client_id as "clientId"`,
    [withdrawalIds, problem],
  );
  // Its state stays, so that the database tells nobody.
  await recordEvents(
    em,
    told.map(({ id, userId, clientId }) => ({
      kind: 'withdrawal.problem',
      subjectKind: 'withdrawal',
      subjectId: id,
      userId,
      clientId,
      payload: { problem },
    })),
  );
}
