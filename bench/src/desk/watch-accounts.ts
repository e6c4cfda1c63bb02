import { addressFromHex } from '../../../server/src/chain/address.ts';
import { query } from '../../../server/src/database/query.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { ensureUsers } from '../../../server/src/users/ensure-users.ts';
import { BinaryRows, sameFields } from '../fill/binary-rows.ts';
import { CopyIn } from '../fill/copy-in.ts';
import type { RowContext } from '../row.ts';
import { addressOf, asOwner } from './bench-database.ts';
import { bench, ids } from './seed.ts';
import { connect } from './service-desk.ts';
import { WATCHED_PAID, watchedHex } from './watched-accounts.ts';

/** Rows that are sent at once. */
const BUNCH = 2_000;
const FIRST_TELEGRAM_ID = 5_000_000n;
const ACCOUNT_KEY = 'bench';
const FIXED = sameFields((rows) => rows.text('FIXED'));

/**
 * A migrated database that watches this many accounts: those that are paid belong to a user each, the
 * others to everybody. To be cloned; nobody is connected to it.
 * @returns its name
 */
export async function watchingTemplate(context: RowContext, count: number): Promise<string> {
  const name = `bench_watching_${process.pid}_${count}`;
  await asOwner(context.postgresUrl, `create database ${name} template ${context.template}`);
  context.defer(() => asOwner(context.postgresUrl, `drop database if exists ${name} with (force)`));
  const url = addressOf(context.postgresUrl, name);
  const undo: (() => Promise<unknown>)[] = [];
  const database = await connect(
    { ...context, defer: (close) => void undo.push(() => Promise.resolve(close())) },
    url,
  );
  await database.transaction(bench, async (em) => {
    const users = await ensureUsers(
      em,
      ids,
      Array.from({ length: WATCHED_PAID }, (_, n) => ({
        by: 'telegramId' as const,
        telegramId: FIRST_TELEGRAM_ID + BigInt(n),
      })),
    );
    await query(
      em,
      `insert into deposit_addresses (address, kind, user_id, account_key, path_index)
       select address, 'USER', user_id, $3, nr
       from unnest($1::text[], $2::uuid[]) with ordinality as a(address, user_id, nr)`,
      [addressesOf(0, WATCHED_PAID), users.map((user) => present(user, 'user').id), ACCOUNT_KEY],
    );
  });
  for (const close of undo) await close();
  await copyAddresses(url, WATCHED_PAID, count);
  await asOwner(url, 'vacuum analyze deposit_addresses');
  return name;
}

async function copyAddresses(url: string, from: number, end: number): Promise<void> {
  if (from >= end) return;
  const rows = new BinaryRows();
  const copy = await CopyIn.begin(url, 'deposit_addresses', 'address, kind');
  for (let n = from; n < end; n += BUNCH) {
    for (const address of addressesOf(n, Math.min(end, n + BUNCH))) {
      rows.row(2).text(address).same(FIXED);
    }
    await copy.write(rows.take());
  }
  await copy.end();
  await asOwner(url, 'reindex table deposit_addresses');
}

function addressesOf(from: number, end: number): string[] {
  return Array.from({ length: end - from }, (_, n) => addressFromHex(watchedHex(from + n)));
}
