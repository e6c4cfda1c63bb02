import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFillingPostgres } from '../desk/bench-postgres.ts';
import { connect, openServiceDesk, type ServiceDesk } from '../desk/service-desk.ts';
import type { RowContext } from '../row.ts';
import { fillOrders } from './fill-orders.ts';
import { type HotPath, hotPaths } from './hot-paths.ts';
import { largeTables, rowsRead, scannedTables, StatementWatch } from './statement-watch.ts';

const ORDERS = 20_000;
const OPEN = 500;
const LARGE = 1_000;
/** A page has 51 rows, and some are looked at with what belongs to them. */
const ROWS_OF_A_LIST = 4 * 51;
const ROWS_OF_AN_HOUR = 4_000;

const ends: (() => unknown)[] = [];
const watch = new StatementWatch();
let desk: ServiceDesk;
let paths: readonly HotPath[];
let owner: pg.Client;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-plans-'));
  const server = await startFillingPostgres(folder);
  ends.push(() => server.stop());
  const context: RowContext = {
    ...{ rounds: 1, seconds: 1, orders: ORDERS, folder, say: () => undefined },
    ...{ postgresUrl: server.url, template: server.template, defer: (end) => ends.push(end) },
  };
  desk = await openServiceDesk(context, { wallets: 10, users: 100, receivers: 50 });
  await fillOrders(desk, ORDERS, context.say);
  await server.serve();
  const database = await connect(context, desk.databaseUrl, { onPool: watch.onPool });
  paths = await hotPaths(desk, database);
  owner = new pg.Client({ connectionString: desk.databaseUrl });
  await owner.connect();
  ends.push(() => owner.end());
  // Not analyzed: the planner still believes that none is open.
  await Promise.all(Array.from({ length: OPEN }, (_, n) => desk.place(n)));
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

it('reads no large table whole, and no more of one than it shows', async () => {
  for (const { name, work } of paths) {
    watch.begin(name);
    for (let n = 0; n < 3; n += 1) await work(n);
  }
  const statements = watch.end();
  const large = await largeTables(owner, LARGE);
  expect([...large]).toEqual(expect.arrayContaining(['orders', 'ledger_entries', 'attempts']));
  const found: string[] = [];
  for (const statement of statements) {
    const { work, text } = statement;
    for (const table of await scannedTables(owner, statement, large)) {
      found.push(`${work} reads ${table} whole: ${text}`);
    }
    const most = work.startsWith('dashboard') ? ROWS_OF_AN_HOUR : ROWS_OF_A_LIST;
    const rows = isReading(work) ? await rowsRead(owner, statement) : 0;
    if (rows > most) found.push(`${work} reads ${rows} rows: ${text}`);
  }
  expect(found).toEqual([]);
});

function isReading(work: string): boolean {
  return /^(list|one order|search|statement|balance|dashboard)/.test(work);
}
