import { because, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { FoundDifference } from './compare-look.ts';

/** In one look; what is left over is filed by the next. */
const MAX_FOREIGN = 100;

/** Differences of a wallet that are not gone, chain less books in sun, by key; locked. */
export async function knownDifferences(
  em: EntityManager,
  walletId: string,
): Promise<Map<string, bigint>> {
  const rows = await query<{ key: string; difference: bigint }>(
    em,
    `select key, chain_sun - books_sun as difference from differences
     where wallet_id = $1 and state <> 'GONE' and kind <> 'FOREIGN_TRANSACTION'
     order by key for no key update`,
    [walletId],
  );
  return new Map(rows.map(({ key, difference }) => [key, difference]));
}

/**
 * Writes down where chain and books differ at a solid height: one row for each difference, which
 * opens again when it had been explained and its figures are others, or had gone.
 */
export async function fileDifferences(
  em: EntityManager,
  ids: IdMaker,
  walletId: string,
  block: number,
  found: readonly FoundDifference[],
): Promise<void> {
  if (found.length === 0) return;
  const sorted = [...found].sort((a, b) => (a.key < b.key ? -1 : 1));
  await because(em, 'chain and books differ');
  await execute(
    em,
    `insert into differences
       (id, key, kind, receiver, resource, chain_sun, books_sun, details, wallet_id, block, state)
     select f.id, f.key, f.kind, f.receiver, f.resource, f.chain, f.books,
            jsonb_build_object('lockedSun', f.locked::text), $9, $10, 'OPEN'
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[],
                 $7::bigint[], $8::bigint[])
       as f(id, key, kind, receiver, resource, chain, books, locked)
     on conflict (key) do update
     set chain_sun = excluded.chain_sun, books_sun = excluded.books_sun, block = excluded.block,
         details = excluded.details, last_seen_at = desk_now(),
         state = case when differences.state = 'EXPLAINED' and
                           differences.chain_sun - differences.books_sun
                             = excluded.chain_sun - excluded.books_sun
                      then 'EXPLAINED' else 'OPEN' end
     where differences.block <= excluded.block`,
    [
      sorted.map(() => ids.next()),
      sorted.map(({ key }) => key),
      sorted.map(({ kind }) => kind),
      sorted.map(({ receiver }) => receiver),
      sorted.map(({ resource }) => resource),
      sorted.map(({ chain }) => chain),
      sorted.map(({ books }) => books),
      sorted.map(({ lockedSun }) => lockedSun),
      walletId,
      block,
    ],
  );
}

/** What was found before and agrees now is gone; the row stays, with its last figures. */
export async function closeDifferences(
  em: EntityManager,
  keys: readonly string[],
  block: number,
): Promise<void> {
  const gone = await query<{ id: string }>(
    em,
    `select id from differences
     where key = any($1) and state in ('OPEN', 'EXPLAINED') and block <= $2
     order by key for no key update`,
    [keys, block],
  );
  if (gone.length === 0) return;
  await because(em, 'chain and books agree again');
  await execute(
    em,
    `update differences set state = 'GONE', block = $2 where id = any($1::uuid[])`,
    [gone.map(({ id }) => id), block],
  );
}

/**
 * Files every solid transaction of a pool wallet that the desk has not made, once. They are written
 * down block by block, so nothing is left below the last one that was filed.
 */
export async function fileForeignTransactions(em: EntityManager, ids: IdMaker): Promise<number> {
  const foreign = await query<{ txid: string }>(
    em,
    `select t.txid from wallet_transactions t
     where t.attempt_id is null
       and exists (select from wallets w where w.address = t.owner)
       and t.block >= (select coalesce(max(block), 0) from differences
                       where kind = 'FOREIGN_TRANSACTION')
       and not exists (select from differences d where d.key = 'FOREIGN_TRANSACTION:' || t.txid)
     order by t.block, t.txid limit $1`,
    [MAX_FOREIGN],
  );
  if (foreign.length === 0) return 0;
  await because(em, 'the desk has not made it');
  return execute(
    em,
    `insert into differences
       (id, key, kind, wallet_id, receiver, resource, txid, chain_sun, books_sun, block, details, state)
     select f.id, 'FOREIGN_TRANSACTION:' || t.txid, 'FOREIGN_TRANSACTION', w.id, null, null, t.txid,
            null, null, t.block,
            jsonb_build_object('contract', t.kind, 'timeMs', t.time_ms, 'value', t.value), 'OPEN'
     from unnest($1::uuid[], $2::text[]) as f(id, txid)
     join wallet_transactions t on t.txid = f.txid join wallets w on w.address = t.owner
     on conflict (key) do nothing`,
    [foreign.map(() => ids.next()), foreign.map(({ txid }) => txid)],
  );
}
