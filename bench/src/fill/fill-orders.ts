import pg from 'pg';
import { present } from '../../../server/src/kernel/assert.ts';
import type { ServiceDesk } from '../desk/service-desk.ts';
import { CopyIn } from './copy-in.ts';
import { type Cast, PastOrders, STEP_MS, type Table, TABLES } from './past-orders.ts';

const CHUNK = 5_000;

/**
 * Gives a desk that has placed nothing yet so many orders of the past, by COPY into every table at
 * once. Indexes are made anew at the end. Nothing fires and nothing is checked meanwhile, so the books
 * are to be checked afterwards.
 */
export async function fillOrders(
  desk: ServiceDesk,
  count: number,
  say: (text: string) => void,
): Promise<void> {
  const owner = new pg.Client({ connectionString: desk.databaseUrl });
  await owner.connect();
  try {
    const begin = performance.now();
    const past = new PastOrders(await readCast(owner, desk, count));
    await restIndexes(owner);
    const roomy = await fillPages(owner);
    const names = Object.keys(TABLES) as Table[];
    const tables = await Promise.all(
      names.map(async (name) => ({
        name,
        copy: await CopyIn.begin(desk.databaseUrl, name, TABLES[name]),
      })),
    );
    while (past.made < count) {
      const lines = past.take(Math.min(CHUNK, count - past.made));
      await Promise.all(tables.map(({ name, copy }) => copy.write(lines[name])));
    }
    await Promise.all(tables.map(({ copy }) => copy.end()));
    const seconds = (): string => `${((performance.now() - begin) / 1_000).toFixed(1)} s`;
    say(`${count.toLocaleString('en')} orders copied in ${seconds()}`);
    await makeIndexes(owner);
    await settleBooks(owner);
    for (const statement of roomy) await owner.query(statement);
    await owner.query('vacuum analyze');
    say(`${count.toLocaleString('en')} orders filled in ${seconds()}`);
  } finally {
    await owner.end();
  }
}

async function readCast(owner: pg.Client, desk: ServiceDesk, count: number): Promise<Cast> {
  const users = await owner.query<{ id: string; available: string; held: string; funds: string }>(
    `select u.id, a.id::text as available, h.id::text as held, a.balance::text as funds from users u
     join ledger_accounts a on a.user_id = u.id and a.asset = 'TRX' and a.code = 'user.available'
     join ledger_accounts h on h.user_id = u.id and h.asset = 'TRX' and h.code = 'user.held'
     order by u.id`,
  );
  const wallets = await owner.query<{ id: string; address: string }>(
    'select id, address from wallets order by id',
  );
  const found = await owner.query<{ revenue: string; transfer: string }>(
    `select (select id from ledger_accounts where code = 'desk.revenue.energy' and asset = 'TRX')::text as revenue,
            nextval('ledger_transfers_id_seq')::text as transfer`,
  );
  const { revenue, transfer } = present(found.rows[0], 'account of the revenue');
  return {
    clientId: desk.clientId,
    users: users.rows,
    wallets: wallets.rows,
    receivers: desk.receivers,
    revenueAccount: revenue,
    fundsSun: Number(present(users.rows[0], 'user').funds),
    firstTransfer: Number(transfer),
    // The last of them a little while ago.
    firstMs: Date.now() - (count + 100) * STEP_MS,
  };
}

/**
 * Until they are made anew, new rows go into none of the filled tables' indexes, also not into those of
 * keys: a row's random key somewhere in an index that fits no memory is the slowest way to make one.
 */
async function restIndexes(owner: pg.Client): Promise<void> {
  await owner.query(
    `update pg_index set indisready = false, indisvalid = false where indrelid = any($1::regclass[])`,
    [Object.keys(TABLES)],
  );
}

/**
 * What is settled changes no more, so its pages need no room for updates.
 * @returns what gives new rows their room again
 */
async function fillPages(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; option: string }>(
    `select oid::regclass::text as name, option from pg_class, unnest(reloptions) as option
     where oid = any($1::regclass[]) and option like 'fillfactor=%'`,
    [Object.keys(TABLES)],
  );
  for (const { name } of rows) await owner.query(`alter table ${name} set (fillfactor = 100)`);
  return rows.map(({ name, option }) => `alter table ${name} set (${option})`);
}

/** Finds a key that is there twice, too. */
async function makeIndexes(owner: pg.Client): Promise<void> {
  await owner.query(`set maintenance_work_mem = '2GB'`);
  for (const table of Object.keys(TABLES)) await owner.query(`reindex table ${table}`);
}

/** The accounts' balances by their entries, and the next ids after the last. */
async function settleBooks(owner: pg.Client): Promise<void> {
  await owner.query(
    `update ledger_accounts a set balance = e.balance, entries = e.entries
     from (select account_id, sum(amount)::bigint as balance, count(*) as entries
           from ledger_entries group by account_id) e
     where e.account_id = a.id`,
  );
  await owner.query(
    `select setval('ledger_transfers_id_seq', (select max(id) from ledger_transfers))`,
  );
}
