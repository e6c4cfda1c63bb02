import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { ChainBlock } from '../chain/block.ts';

/**
 * Keeps every solid transaction that spends from a wallet of the pool, or from a deposit address that
 * the desk derived, with the attempt it belongs
 * to; one without an attempt was not made by the desk.
 */
export async function recordWalletTransactions(
  em: EntityManager,
  blocks: readonly ChainBlock[],
): Promise<void> {
  const owners = new Set(
    blocks.flatMap(({ transactions }) => transactions.flatMap(({ owner }) => owner ?? [])),
  );
  if (owners.size === 0) return;
  const addresses = await query<{ address: string }>(
    em,
    `select address from wallets where address = any($1::text[])
     union select address from deposit_addresses where address = any($1::text[]) and kind = 'USER'`,
    [[...owners]],
  );
  const ours = new Set(addresses.map(({ address }) => address));
  const spent = blocks.flatMap((block) =>
    block.transactions.flatMap((transaction) =>
      transaction.owner && ours.has(transaction.owner) ? [{ block, transaction }] : [],
    ),
  );
  if (spent.length === 0) return;
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
}

/** Amounts as decimal strings, bytes as hex. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
