import pg from 'pg';
import { present } from '../../../server/src/kernel/assert.ts';
import type { ServiceDesk } from '../desk/service-desk.ts';
import { CopyIn } from './copy-in.ts';
import { type Cast, PastOrders, STEP_MS, type Table, TABLES } from './past-orders.ts';

const tableNames = Object.keys(TABLES) as Table[];
const CHUNK = 1_000;
/** Indexes are made by so many sessions, and each may sort this much in memory. */
const BUILDERS = 2;
const SORT_MEMORY = '1GB';

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
    const seconds = (): string => `${((performance.now() - begin) / 1_000).toFixed(1)} s`;
    const past = new PastOrders(await readCast(owner, desk, count));
    const roomy = await fillPages(owner);
    await copy(desk.databaseUrl, past, count);
    say(`${count.toLocaleString('en')} orders copied in ${seconds()}`);
    await makeIndexes(owner, desk.databaseUrl);
    say(`${count.toLocaleString('en')} orders indexed in ${seconds()}`);
    await settleBooks(owner);
    for (const statement of roomy) await owner.query(statement);
    await owner.query('vacuum analyze');
    say(`${count.toLocaleString('en')} orders filled in ${seconds()}`);
  } finally {
    await owner.end();
  }
}

async function copy(url: string, past: PastOrders, count: number): Promise<void> {
  const tables = await Promise.all(
    tableNames.map(async (name) => ({
      rows: past.rows[name],
      copy: await CopyIn.begin(url, name, TABLES[name]),
    })),
  );
  while (past.made < count) {
    past.make(Math.min(CHUNK, count - past.made));
    await Promise.all(tables.map(({ rows, copy }) => copy.write(rows.take())));
  }
  await Promise.all(tables.map(({ copy }) => copy.end()));
}

async function readCast(owner: pg.Client, desk: ServiceDesk, count: number): Promise<Cast> {
  const users = await owner.query<{ id: string; available: number; held: number; funds: string }>(
    `select u.id, a.id::int as available, h.id::int as held, a.balance::text as funds from users u
     join ledger_accounts a on a.user_id = u.id and a.asset = 'TRX' and a.code = 'user.available'
     join ledger_accounts h on h.user_id = u.id and h.asset = 'TRX' and h.code = 'user.held'
     order by u.id`,
  );
  const wallets = await owner.query<{ id: string; address: string }>(
    'select id, address from wallets order by id',
  );
  const found = await owner.query<{ revenue: number; transfer: number }>(
    `select (select id from ledger_accounts where code = 'desk.revenue.energy' and asset = 'TRX')::int as revenue,
            nextval('ledger_transfers_id_seq')::int as transfer`,
  );
  const { revenue, transfer } = present(found.rows[0], 'account of the revenue');
  return {
    clientId: desk.clientId,
    users: users.rows,
    wallets: wallets.rows,
    receivers: desk.receivers,
    revenueAccount: revenue,
    fundsSun: Number(present(users.rows[0], 'user').funds),
    firstTransfer: transfer,
    // The last of them a little while ago.
    firstMs: Date.now() - (count + 100) * STEP_MS,
  };
}

/**
 * What is settled changes no more, so its pages need no room for updates.
 * @returns what gives new rows their room again
 */
async function fillPages(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; option: string }>(
    `select oid::regclass::text as name, option from pg_class, unnest(reloptions) as option
     where oid = any($1::regclass[]) and option like 'fillfactor=%'`,
    [tableNames],
  );
  for (const { name } of rows) await owner.query(`alter table ${name} set (fillfactor = 100)`);
  return rows.map(({ name, option }) => `alter table ${name} set (${option})`);
}

/** The largest tables first, so that all sessions end at about the same time. Finds a key that is there twice, too. */
async function makeIndexes(owner: pg.Client, url: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where oid = any($1::regclass[])
     order by pg_relation_size(oid) desc`,
    [tableNames],
  );
  const waiting = rows.map(({ name }) => name);
  const builder = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(`set maintenance_work_mem = '${SORT_MEMORY}'`);
      // The other core is another session's.
      await client.query('set max_parallel_maintenance_workers = 0');
      for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
        await client.query(`reindex table ${table}`);
      }
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: BUILDERS }, builder));
}

/** The accounts' balances by their last entries, and the next ids after the last. */
async function settleBooks(owner: pg.Client): Promise<void> {
  await owner.query(
    `update ledger_accounts a set balance = e.balance_after, entries = e.position
     from ledger_accounts b cross join lateral (
       select balance_after, position from ledger_entries
       where account_id = b.id order by position desc limit 1) e
     where b.id = a.id`,
  );
  await owner.query(
    `select setval('ledger_transfers_id_seq', (select max(id) from ledger_transfers))`,
  );
}
