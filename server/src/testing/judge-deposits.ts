import { addressFromHex } from '../chain/address.ts';
import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { RecordEntry } from './chain-against-books.ts';

export interface DepositRow {
  readonly txid: string;
  readonly address: string;
  readonly currency: 'TRX' | 'USDT';
  readonly amount: bigint;
  readonly state: string;
  readonly block: bigint;
}

/** What the desk believes of what came in. */
export interface DepositBeliefs {
  readonly watched: string[];
  /** Of money, and solid. */
  readonly deposits: DepositRow[];
  /** How many transfers of money were counted and are no deposits. */
  readonly ignored: bigint;
}

export async function readDeposits(em: EntityManager): Promise<DepositBeliefs> {
  const watched = await query<{ address: string }>(em, 'select address from deposit_addresses');
  const ignored = await queryOne<{ count: bigint }>(
    em,
    `select coalesce(sum(transfers), 0)::bigint as count from ignored_transfers
     where asset in ('TRX', 'USDT')`,
  );
  return {
    watched: watched.map(({ address }) => address),
    deposits: await query<DepositRow>(
      em,
      `select txid, address, currency, amount, state, block from deposits
       where currency is not null and state not in ('SEEN', 'GONE')`,
    ),
    ignored: ignored?.count ?? 0n,
  };
}

/**
 * I8: each transfer to a watched address that has been read is credited or on the desk exactly once,
 * with its amount, or was counted as poisoning; nothing else is a deposit.
 */
export function depositBreaks(
  { deposits, ignored, watched, readThrough }: DepositBeliefs & { readonly readThrough: number },
  record: readonly RecordEntry[],
): string[] {
  const ours = new Set(watched);
  const paid = record.flatMap(({ kind, receiver, txid, amount, block }) => {
    const currency = kind === 'usdt' ? 'USDT' : 'TRX';
    if (kind !== 'transfer' && kind !== 'usdt' && kind !== 'internal') return [];
    const address = receiver?.startsWith('41') === true ? addressFromHex(receiver) : receiver;
    if (address === undefined || !ours.has(address) || block > readThrough) return [];
    return [`${txid}: ${amount ?? '0'} micro-${currency} to ${address}`];
  });
  const known = deposits.map(
    ({ txid, address, currency, amount }) => `${txid}: ${amount} micro-${currency} to ${address}`,
  );
  const left = [...paid];
  const breaks: string[] = [];
  for (const one of known) {
    const place = left.indexOf(one);
    if (place === -1) breaks.push(`deposit ${one} is not on the chain, or counts twice`);
    else left.splice(place, 1);
  }
  if (BigInt(left.length) === ignored) return breaks;
  return [
    ...breaks,
    ...left.map((one) => `${one} is neither a deposit nor counted (${ignored} were ignored)`),
  ];
}
