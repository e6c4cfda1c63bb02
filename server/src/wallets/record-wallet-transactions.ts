import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { addressToHex, type Address } from '../chain/address.ts';
import type { ChainBlock, ChainTransaction } from '../chain/block.ts';

/**
 * Keeps every solid transaction that spends from a wallet of the pool, or from a deposit address that
 * the desk derived, with the attempt it belongs to; one without an attempt was not made by the desk.
 * @param mayBeDerived whether an account, in hexadecimal, may be a derived address; never no where it
 * is one, so that the tables are asked about few of the accounts of a block
 * @returns those transactions
 */
export async function recordWalletTransactions(
  em: EntityManager,
  blocks: readonly ChainBlock[],
  mayBeDerived: (ownerHex: string) => boolean,
): Promise<ChainTransaction[]> {
  if (blocks.every(({ transactions }) => transactions.length === 0)) return [];
  const wallets = new Set(
    (await query<{ address: Address }>(em, 'select address from wallets')).map(({ address }) =>
      addressToHex(address),
    ),
  );
  const maybe = blocks.flatMap((block) =>
    block.transactions
      .filter(
        ({ ownerHex }) => ownerHex !== null && (wallets.has(ownerHex) || mayBeDerived(ownerHex)),
      )
      .map((transaction) => ({ block, transaction })),
  );
  if (maybe.length === 0) return [];
  const addresses = await query<{ address: string }>(
    em,
    `select address from wallets where address = any($1::text[])
     union select address from deposit_addresses where address = any($1::text[]) and kind = 'USER'`,
    [[...new Set(maybe.map(({ transaction }) => transaction.owner))]],
  );
  const ours = new Set(addresses.map(({ address }) => address));
  const spent = maybe.filter(
    ({ transaction }) => transaction.owner !== null && ours.has(transaction.owner),
  );
  if (spent.length === 0) return [];
  await query(
    em,
    `insert into wallet_transactions (txid, owner, kind, block, time_ms, value, attempt_id)
     select t.txid, t.owner, t.kind, t.block, t.time_ms, t.value, a.id
     from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::jsonb[])
       as t(txid, owner, kind, block, time_ms, value)
     left join attempts a on a.txid = t.txid`,
    [
      spent.map(({ transaction }) => transaction.txid),
      spent.map(({ transaction }) => transaction.owner),
      spent.map(({ transaction }) => transaction.kind),
      spent.map(({ block }) => block.number),
      spent.map(({ block }) => block.timeMs),
      spent.map(({ transaction }) => JSON.stringify(transaction.value, plain)),
    ],
  );
  return spent.map(({ transaction }) => transaction);
}

/** Amounts as decimal strings, bytes as hex. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
