import { IsolationLevel } from '@mikro-orm/core';
import type { Database, EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { sum } from '../kernel/money.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { heldMoney } from '../orders/held-money.ts';
import {
  operationBreaks,
  readWalletOperations,
  type WalletOperationRow,
} from './judge-operations.ts';
import { addressFromHex } from '../chain/address.ts';
import { bookedFees } from '../upkeep/booked-fees.ts';
import { bookedDeposits } from '../deposits/booked-deposits.ts';
import { depositBreaks, type DepositRow, readDeposits } from './judge-deposits.ts';
import { paidWithdrawals } from '../withdrawals/paid-withdrawals.ts';

/** What the local network says it has executed: the judge of everything the desk believes. */
export interface RecordEntry {
  readonly txid: string;
  readonly kind: string;
  /** The contract's name. */
  readonly type: string;
  readonly owner: string;
  readonly receiver?: string;
  readonly amount?: string;
  /** Sun that it cost its sender; on the first movement of a transaction only. */
  readonly fee?: string;
  readonly block: number;
  /** ms, of its block. */
  readonly time: number;
}

interface AttemptRow {
  txid: string;
  state: string;
  /** Of its death. */
  evidence: unknown;
}

interface WalletRow {
  address: string;
  committed: bigint;
  captured: bigint;
  open: bigint;
}

interface FeeRow {
  txid: string;
  fee: bigint;
}

interface SliceRow {
  order: string;
  order_state: string;
  slice: string;
  slice_state: string;
  stake_sun: bigint;
  reservation: string;
  rental: string | null;
  delegations: string[];
  undelegations: string[];
}

/**
 * Compares the books with themselves, and what the desk believes with the chain's own record
 * (invariants I1, I2, I4 to I8).
 * @param readRecord every movement that the chain has executed for these owners or to these receivers
 * @returns a sentence for each break
 */
export async function findBreaks(
  database: Database,
  readRecord: (
    owners: readonly string[],
    receivers: readonly string[],
  ) => Promise<readonly RecordEntry[]>,
): Promise<string[]> {
  const believed = await database.orm.em
    .fork()
    .transactional((em) => readBeliefs(em as EntityManager), {
      isolationLevel: IsolationLevel.REPEATABLE_READ,
    });
  // Read afterwards, so that it knows all that the desk can know, and more.
  const owners = [...believed.wallets.map(({ address }) => address), ...believed.swept];
  const entries = await readRecord(owners, believed.watched);
  const all = entries.map((entry) => ({ ...entry, owner: base58(entry.owner) }));
  // A transaction that one of ours signed is ours, whoever its movement is from.
  const signed = new Set(all.filter(({ owner }) => owners.includes(owner)).map(({ txid }) => txid));
  const record = all.filter(({ txid }) => signed.has(txid));
  const read = record.filter(({ block }) => block <= believed.readThrough);
  return [
    ...believed.breaks,
    ...foreignOrDead(read, believed.attempts),
    ...believed.slices.flatMap((slice) => sliceBreaks(slice, record)),
    ...believed.operations.flatMap((operation) => operationBreaks(operation, record)),
    ...believed.wallets.flatMap((wallet) => capacityBreaks(wallet, read)),
    ...feeBreaks(believed.fees, record),
    ...depositBreaks(believed, all),
  ];
}

/** One moment of everything that the desk believes. */
async function readBeliefs(em: EntityManager): Promise<{
  breaks: readonly string[];
  attempts: AttemptRow[];
  slices: SliceRow[];
  operations: WalletOperationRow[];
  wallets: WalletRow[];
  /** Deposit addresses that the desk has sent from. */
  swept: string[];
  fees: FeeRow[];
  watched: string[];
  deposits: DepositRow[];
  ignored: bigint;
  readThrough: number;
}> {
  const { breaks } = await checkBooks(em, [heldMoney, bookedFees, paidWithdrawals, bookedDeposits]);
  const cursor = await queryOne<{ number: bigint }>(
    em,
    `select number from chain_cursors where name = 'solid'`,
  );
  return {
    breaks,
    attempts: await query<AttemptRow>(em, 'select txid, state, evidence from attempts'),
    slices: await query<SliceRow>(em, SLICES),
    operations: await readWalletOperations(em),
    wallets: await query<WalletRow>(em, WALLETS),
    swept: (await query<{ address: string }>(em, 'select distinct address from sweeps')).map(
      ({ address }) => address,
    ),
    fees: await query<FeeRow>(em, FEES),
    ...(await readDeposits(em)),
    readThrough: Number(cursor?.number ?? 0n),
  };
}

const SLICES = `
  select o.id as order, o.state as order_state, s.id as slice, s.state as slice_state, s.stake_sun,
         r.state as reservation, t.state as rental,
         array(select a.txid from attempts a join chain_operations c on c.id = a.operation_id
               where c.reference = s.id and c.purpose = 'deliver') as delegations,
         array(select a.txid from attempts a join chain_operations c on c.id = a.operation_id
               where c.reference = s.id and c.purpose = 'reclaim') as undelegations
  from orders o join order_slices s on s.order_id = o.id
  join reservations r on r.id = s.id left join rentals t on t.id = s.id`;

const WALLETS = `
  select w.address, w.committed_sun as committed,
         coalesce(sum(r.sun) filter (where r.state = 'CAPTURED'), 0)::bigint as captured,
         coalesce(sum(r.sun) filter (where r.state in ('HELD', 'CAPTURED', 'RETURNING')), 0)::bigint
         + coalesce((select sum(h.sun)::bigint from wallet_holds h
                     where h.wallet_id = w.id and h.state in ('HELD', 'SETTLING')), 0) as open
  from wallets w left join reservations r on r.wallet_id = w.id group by w.id`;

/** What was read of a fee; `bookedFees` says that the books hold just that. */
const FEES = `select txid, fee_sun as fee from wallet_transactions where fee_sun is not null`;

/** The break that a transaction of our wallets is which nobody here has made. */
export const foreign = (txid: string): string => `${txid} is no attempt of ours`;

/** I5: everything from our wallets is one attempt's, and what is solid for us is on the chain. */
function foreignOrDead(record: readonly RecordEntry[], attempts: readonly AttemptRow[]): string[] {
  const ours = record.filter(({ kind }) => kind !== 'usdt');
  const known = new Map(attempts.map((attempt) => [attempt.txid, attempt]));
  const onChain = new Set(record.map(({ txid }) => txid));
  return [
    ...ours.filter(({ txid }) => !known.has(txid)).map(({ txid }) => foreign(txid)),
    ...ours.flatMap(({ txid, block }) => {
      const attempt = known.get(txid);
      if (attempt?.state !== 'DEAD') return [];
      const why = JSON.stringify(attempt.evidence);
      return [`${txid} is on the chain, in block ${block}, and counts as dead: ${why}`];
    }),
    ...attempts
      .filter(({ txid, state }) => state === 'SOLID' && !onChain.has(txid))
      .map(({ txid }) => `${txid} counts as solid and is not on the chain`),
  ];
}

/** I4 and I7: one delegation per delivered slice, none for one that is not; taken back at most once. */
function sliceBreaks(slice: SliceRow, record: readonly RecordEntry[]): string[] {
  const out = record.filter(({ txid }) => slice.delegations.includes(txid));
  const back = record.filter(({ txid }) => slice.undelegations.includes(txid));
  const breaks: string[] = [];
  const name = `slice ${slice.slice} of order ${slice.order} (${slice.order_state})`;
  if (out.length > 1) breaks.push(`${name} was delegated ${out.length} times`);
  if (back.length > 1) breaks.push(`${name} was taken back ${back.length} times`);
  if (back.length > out.length) breaks.push(`${name} was taken back and never delegated`);
  for (const { amount } of [...out, ...back]) {
    if (BigInt(amount ?? '0') !== slice.stake_sun)
      breaks.push(`${name} moved ${amount ?? '?'} sun`);
  }
  if (slice.order_state === 'COMPLETED' && slice.slice_state === 'DELIVERED' && out.length !== 1) {
    breaks.push(`${name} counts as delivered and is not`);
  }
  if (slice.order_state === 'REFUNDED' && out.length > back.length && slice.rental === null) {
    breaks.push(`${name} was refunded and is delegated`);
  }
  if (slice.rental === 'RECLAIMED' && back.length !== 1) {
    breaks.push(`${name} counts as taken back and is not`);
  }
  return breaks;
}

/** I6: what is delegated on chain, as far as our reader has read it, is what is captured. */
function capacityBreaks(wallet: WalletRow, read: readonly RecordEntry[]): string[] {
  const { address, captured, committed, open } = wallet;
  const own = read.filter(({ owner }) => owner === address);
  const amounts = (kind: string): bigint =>
    sum(own.filter((entry) => entry.kind === kind).map(({ amount }) => BigInt(amount ?? '0')));
  const delegated = amounts('delegate') - amounts('undelegate');
  const breaks: string[] = [];
  if (committed !== open) {
    breaks.push(
      `${address} has committed ${committed} sun, its reservations and holds say ${open}`,
    );
  }
  if (delegated !== captured) {
    breaks.push(`${address} has delegated ${delegated} sun, ${captured} are captured`);
  }
  return breaks;
}

/** The sum of the fees on chain is the sum that is booked, transaction by transaction. */
function feeBreaks(fees: readonly FeeRow[], record: readonly RecordEntry[]): string[] {
  const burnt = new Map(
    record.flatMap(({ txid, fee }) => (fee === undefined ? [] : [[txid, fee]])),
  );
  return fees
    .filter(({ txid, fee }) => burnt.get(txid) !== fee.toString())
    .map(
      ({ txid, fee }) =>
        `${txid} cost ${burnt.get(txid) ?? 'nothing known'} sun and counts as ${fee}`,
    );
}

function base58(address: string): string {
  return address.startsWith('41') ? addressFromHex(address) : address;
}
