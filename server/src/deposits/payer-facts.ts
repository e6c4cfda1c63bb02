import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import type { ExpectedDeposit, PayerFacts, PayerRules } from './decide-payer.ts';
import type { Payment } from './payment.ts';
import type { WatchedAddress } from './watched-addresses.ts';

/** The settings as the rules for payers. */
export function payerRules(values: SettingValues): PayerRules {
  return {
    byOwnAddress: values['deposits.byOwnAddress'],
    byIntent: values['deposits.byIntent'],
    byMemo: values['deposits.byMemo'],
    bySender: values['deposits.bySender'],
    sharedSenders: new Set(values['deposits.sharedSenders']),
    creditContracts: values['deposits.creditContracts'],
    knownTokens: new Set(values['deposits.knownTokens']),
    minimum: {
      TRX: values['deposits.minimumSun'],
      USDT: values['deposits.minimumMicroUsdt'],
    },
    dust: values['deposits.dustMicros'],
  };
}

/** Codes of requests: D and 8 letters or digits that are not mistaken for each other. */
const CODE = /(?<![0-9A-Z])D[0-9A-HJKMNP-TV-Z]{8}(?![0-9A-Z])/;
const TELEGRAM = /^tg:?([1-9]\d{4,15})$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A payment of this much more or less than what was asked for is suggested for it. */
const NEAR_PER_MILLE = 20n;

const COLUMNS = `
  i.id, i.user_id as "userId", i.client_id as "clientId", i.address, i.currency, i.amount, i.code,
  i.state, i.created_ms::float8 as "createdMs", i.expires_ms::float8 as "expiresMs",
  i.reserved_ms::float8 as "reservedMs"`;

/** What is known about payments to watched addresses, in their order. A few queries for any number. */
export async function readPayerFacts(
  em: EntityManager,
  payments: readonly Payment[],
  watched: ReadonlyMap<string, WatchedAddress>,
): Promise<PayerFacts[]> {
  const requests = await requestsOf(em, payments);
  const codes = await requestsByCode(em, payments);
  const named = await usersByMemo(em, payments);
  const senders = await usersBySender(em, payments);
  const looks = await looksOf(em, payments);
  const own = await ownWallets(em, payments);
  const fuel = own.size === 0 ? new Set<string>() : await fuelAmong(em, payments);
  return payments.map((payment) => {
    const at = requests.get(`${payment.address} ${payment.currency ?? ''}`) ?? [];
    // One that was made after the payment is somebody else's; so is the amount of one that is over.
    const requested = at.filter(
      ({ createdMs, reservedMs }) => createdMs <= payment.timeMs && payment.timeMs <= reservedMs,
    );
    const memo = codeOf(payment.memo);
    return {
      owner: watched.get(payment.address)?.userId ?? null,
      request: requested.findLast(({ amount }) => amount === payment.amount) ?? null,
      memoRequest: (memo === null ? undefined : codes.get(memo)) ?? null,
      memoUser: named.get(payment.memo.toLowerCase()) ?? null,
      senderUsers: (senders.get(payment.sender) ?? []).map(({ userId }) => userId),
      provenSenders: (senders.get(payment.sender) ?? []).flatMap(({ userId, proven }) =>
        proven ? [userId] : [],
      ),
      near: requested.filter((one) => isNear(one, payment)),
      fromOurWallet: own.has(payment.sender),
      isFuel: fuel.has(payment.txid),
      looksLikeAnother: looks.has(payment.sender),
    };
  });
}

function isNear({ state, amount, expiresMs }: ExpectedDeposit, payment: Payment): boolean {
  const off = amount < payment.amount ? payment.amount - amount : amount - payment.amount;
  const most = (payment.amount / 1_000n) * NEAR_PER_MILLE;
  return state === 'OPEN' && payment.timeMs <= expiresMs && off > 0n && off <= most;
}

/** Those with a payment's amount, and open ones near it; by address and currency, the oldest first. */
async function requestsOf(
  em: EntityManager,
  payments: readonly Payment[],
): Promise<Map<string, ExpectedDeposit[]>> {
  const money = payments.filter(({ currency }) => currency !== null);
  if (money.length === 0) return new Map();
  const rows = await query<ExpectedDeposit>(
    em,
    `select distinct on (i.created_ms, i.id) ${COLUMNS}
     from unnest($1::text[], $2::text[], $3::bigint[]) as p(address, currency, amount)
     join deposit_intents i on i.address = p.address and i.currency = p.currency
       and (i.amount = p.amount
            or i.state = 'OPEN' and i.amount between p.amount - p.amount / 1000 * $4
                                                  and p.amount + p.amount / 1000 * $4)
     order by i.created_ms, i.id`,
    [
      money.map(({ address }) => address),
      money.map(({ currency }) => currency),
      money.map(({ amount }) => amount),
      NEAR_PER_MILLE,
    ],
  );
  return Map.groupBy(rows, ({ address, currency }) => `${address} ${currency}`);
}

async function requestsByCode(
  em: EntityManager,
  payments: readonly Payment[],
): Promise<Map<string, ExpectedDeposit>> {
  const codes = payments.flatMap(({ memo }) => codeOf(memo) ?? []);
  if (codes.length === 0) return new Map();
  const rows = await query<ExpectedDeposit>(
    em,
    `select ${COLUMNS} from deposit_intents i where i.code = any($1)`,
    [codes],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

function codeOf(memo: string): string | null {
  return CODE.exec(memo.toUpperCase())?.[0] ?? null;
}

/** Users whom a memo names by Telegram id (`tg123456789`) or by their own id; keyed by the memo. */
async function usersByMemo(
  em: EntityManager,
  payments: readonly Payment[],
): Promise<Map<string, string>> {
  const memos = payments.map(({ memo }) => memo.toLowerCase());
  const telegram = memos.flatMap((memo) => TELEGRAM.exec(memo)?.[1] ?? []);
  const ids = memos.filter((memo) => UUID.test(memo));
  if (telegram.length + ids.length === 0) return new Map();
  const rows = await query<{ id: string; telegramId: bigint | null }>(
    em,
    `select id, telegram_id as "telegramId" from users
     where telegram_id = any($1::bigint[]) or id = any($2::uuid[])`,
    [telegram, ids],
  );
  return new Map(
    rows.flatMap(({ id, telegramId }) => [
      [id, id] as const,
      ...(telegramId === null
        ? []
        : ([
            [`tg${telegramId}`, id],
            [`tg:${telegramId}`, id],
          ] as const)),
    ]),
  );
}

interface SenderUser {
  readonly userId: string;
  /** See `provenSenders`. */
  readonly proven: boolean;
}

/** Users by the address that they pay from: who keeps it, and who was credited for it before. */
async function usersBySender(
  em: EntityManager,
  payments: readonly Payment[],
): Promise<Map<string, SenderUser[]>> {
  const rows = await query<SenderUser & { readonly sender: string }>(
    em,
    `select sender, "userId", bool_or(kept) and bool_or(named) as proven
     from (select address as sender, user_id as "userId", true as kept, false as named
           from user_addresses where address = any($1)
           union all
           select sender, user_id, false, matched_by <> 'SENDER' from deposits
           where sender = any($1) and state = 'CREDITED' and user_id is not null) as known
     group by 1, 2 order by 1, 2`,
    [[...new Set(payments.map(({ sender }) => sender))]],
  );
  return Map.groupBy(rows, ({ sender }) => sender);
}

/** Senders that begin and end as an address that a user keeps, and are kept by nobody. */
async function looksOf(em: EntityManager, payments: readonly Payment[]): Promise<Set<string>> {
  const rows = await query<{ sender: string }>(
    em,
    `select sender from unnest($1::text[]) as p(sender)
     where exists (select from user_addresses a
                   where left(a.address, 4) || right(a.address, 4)
                         = left(p.sender, 4) || right(p.sender, 4))
       and not exists (select from user_addresses a where a.address = p.sender)`,
    [[...new Set(payments.map(({ sender }) => sender))]],
  );
  return new Set(rows.map(({ sender }) => sender));
}

/** Transactions by which the desk sends TRX for the fee of a sweep. */
async function fuelAmong(em: EntityManager, payments: readonly Payment[]): Promise<Set<string>> {
  const rows = await query<{ txid: string }>(
    em,
    `select a.txid from attempts a join chain_operations o on o.id = a.operation_id
     where a.txid = any($1) and o.purpose = 'sweep-fuel'`,
    [payments.map(({ txid }) => txid)],
  );
  return new Set(rows.map(({ txid }) => txid));
}

async function ownWallets(em: EntityManager, payments: readonly Payment[]): Promise<Set<string>> {
  const rows = await query<{ address: string }>(
    em,
    `select address from wallets where address = any($1)
     union select address from deposit_addresses where address = any($1)`,
    [[...new Set(payments.map(({ sender }) => sender))]],
  );
  return new Set(rows.map(({ address }) => address));
}
