import { addressFromHex } from '../../../server/src/chain/address.ts';
import { query } from '../../../server/src/database/query.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { ensureUsers } from '../../../server/src/users/ensure-users.ts';
import type { RowContext } from '../row.ts';
import { addressOf, asOwner } from './bench-database.ts';
import { bench, ids } from './seed.ts';
import { connect } from './service-desk.ts';
import { WATCHED_PAID, watchedHex } from './watched-accounts.ts';

/** Rows of one insert. */
const BUNCH = 50_000;
const FIRST_TELEGRAM_ID = 5_000_000n;
const ACCOUNT_KEY = 'bench';

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
  for (let from = WATCHED_PAID; from < count; from += BUNCH) {
    await database.transaction(bench, (em) =>
      query(
        em,
        `insert into deposit_addresses (address, kind)
         select address, 'FIXED' from unnest($1::text[]) as a(address)`,
        [addressesOf(from, Math.min(count, from + BUNCH))],
      ),
    );
  }
  for (const close of undo) await close();
  await asOwner(url, 'vacuum analyze deposit_addresses');
  return name;
}

function addressesOf(from: number, end: number): string[] {
  return Array.from({ length: end - from }, (_, n) => addressFromHex(watchedHex(from + n)));
}
