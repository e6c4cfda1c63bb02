import pg from 'pg';
import { startFillingPostgres } from '../desk/bench-postgres.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { connect, openServiceDesk, type ServiceDesk } from '../desk/service-desk.ts';
import { fillOrders } from '../fill/fill-orders.ts';
import { type HotPath, hotPaths } from '../fill/hot-paths.ts';
import {
  largeTables,
  scannedTables,
  StatementWatch,
  type WatchedStatement,
} from '../fill/statement-watch.ts';
import { closedLoop } from '../measure/closed-loop.ts';
import { type Figure, figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import type { Row, RowContext } from '../row.ts';

/** The size that larger ones are compared with. */
const BASE = 10_000;
/** Few enough that each has more orders than a page shows, at any size. */
const USERS = 100;
const MOST_RATIO = 1.25;
const IN_FLIGHT = 4;
/** A table with fewer rows may be read whole. */
const LARGE = 1_000;
const AT_ONCE = 64;
const WORST = 3;
const SHOWN = 100;

export const row: Row = {
  id: 'P4+P5',
  title: 'The daily work on full tables, and its growth',
  reference: 'P4: the goal is absolute; P5: itself at 10⁴ orders',
  // Of each path.
  seconds: 0.17,
  async run(context) {
    const largest = context.orders;
    const base = Math.min(BASE, Math.ceil(largest / 10));
    const server = await startFillingPostgres(context.folder);
    context.defer(() => server.stop());
    const own = { ...context, postgresUrl: server.url, template: server.template };
    const filled = [await fill(own, base), await fill(own, largest)] as const;
    await server.serve();
    const [small, large] = [await open(context, filled[0]), await open(context, filled[1])];
    const statements = await lookAtStatements(context, large);
    await level(small.desk, large.desk);
    return {
      figures: [...statements.figures, ...(await compare(context, small.paths, large.paths))],
      breaks: [
        ...(await breaksInTables(small.desk.database, small.desk.acknowledged)),
        ...(await breaksInTables(large.desk.database, large.desk.acknowledged)),
      ],
      notes: [
        `${largest.toLocaleString('en')} orders against ${base.toLocaleString('en')}; the goals are about 10⁷: --orders 1e7.`,
        'Claims have the placing of what is claimed in them, and the heap of the role api.',
        ...statements.notes,
      ],
    };
  },
};

interface FilledDesk {
  readonly desk: ServiceDesk;
  readonly watch: StatementWatch;
  readonly paths: readonly HotPath[];
}

async function fill(context: RowContext, orders: number): Promise<ServiceDesk> {
  const desk = await openServiceDesk(context, { wallets: 20, users: USERS, receivers: 100 });
  await fillOrders(desk, orders, context.say);
  return desk;
}

async function open(context: RowContext, desk: ServiceDesk): Promise<FilledDesk> {
  const watch = new StatementWatch();
  const database = await connect(context, desk.databaseUrl, { onPool: watch.onPool });
  return { desk, watch, paths: await hotPaths(desk, database) };
}

/** P4. Each path alone, so that a statement's time is its own and not its neighbours'. */
async function lookAtStatements(
  context: RowContext,
  { desk, watch, paths }: FilledDesk,
): Promise<{ figures: Figure[]; notes: string[] }> {
  for (let round = -1; round < context.rounds; round += 1) {
    for (const { name, work } of paths) {
      // The first round warms up.
      if (round >= 0) watch.begin(name);
      await closedLoop({ inFlight: 1, seconds: context.seconds, work });
    }
  }
  const statements = watch.end();
  const owner = new pg.Client({ connectionString: desk.databaseUrl });
  await owner.connect();
  context.defer(() => owner.end());
  const large = await largeTables(owner, LARGE);
  const scans: string[] = [];
  for (const statement of statements) {
    const tables = await scannedTables(owner, statement, large);
    scans.push(...tables.map((table) => `${table} is read whole for ${inShort(statement)}`));
  }
  const worst = statements
    .map((statement) => ({ statement, p99: statement.latency.percentile(99) }))
    .sort((a, b) => b.p99 - a.p99)
    .slice(0, WORST);
  const slowest = worst.slice(0, 1).map((one) => one.p99);
  return {
    figures: [
      figure({ name: 'slowest statement p99', unit: 'ms', ours: slowest }, { most: 5 }),
      figure({ name: 'tables read whole', unit: '', ours: [scans.length] }, { most: 0 }),
      figure({ name: 'statements looked at', unit: '', ours: [statements.length] }),
    ],
    notes: [
      ...worst.map(({ statement, p99 }) => `p99 ${p99.toFixed(1)} ms for ${inShort(statement)}`),
      ...scans,
    ],
  };
}

/** What was placed on one while its statements were looked at is open there: the other gets as much. */
async function level(less: ServiceDesk, more: ServiceDesk): Promise<void> {
  for (let n = 0; less.acknowledged.length < more.acknowledged.length;) {
    const missing = more.acknowledged.length - less.acknowledged.length;
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, missing) }, () => less.place(n++)));
  }
}

/** P5. */
async function compare(
  context: RowContext,
  small: readonly HotPath[],
  large: readonly HotPath[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [index, path] of large.entries()) {
    const measure = (one: HotPath) => async (seconds: number) => {
      const load = { inFlight: IN_FLIGHT, seconds, work: one.work };
      return (await closedLoop(load)).latency.percentile(99);
    };
    const { ours, reference } = await inTurn(context, measure(path), measure(small[index] ?? path));
    figures.push(
      figure({ name: `${path.name} p99`, unit: 'ms', ours, reference }, { mostRatio: MOST_RATIO }),
    );
  }
  return figures;
}

function inShort({ work, text }: WatchedStatement): string {
  return `${work}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN)}`;
}
