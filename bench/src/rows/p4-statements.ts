import pg from 'pg';
import { breaksInTables } from '../desk/invariants.ts';
import { connect, openServiceDesk } from '../desk/service-desk.ts';
import { fillOrders } from '../fill/fill-orders.ts';
import { hotPaths } from '../fill/hot-paths.ts';
import { largeTables, scannedTables, StatementWatch } from '../fill/statement-watch.ts';
import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import type { Row } from '../row.ts';

/** Alone, so that a statement's time is its own and not its neighbours'. */
const IN_FLIGHT = 1;
/** A table with fewer rows may be read whole. */
const LARGE = 1_000;
const WORST = 3;
const SHOWN = 100;

export const row: Row = {
  id: 'P4',
  title: 'Every statement of the daily work on full tables',
  reference: 'none: the goal is absolute',
  // Of each path and round.
  seconds: 0.15,
  async run(context) {
    const desk = await openServiceDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
    await fillOrders(desk, context.orders, context.say);
    const watch = new StatementWatch();
    const database = await connect(context, desk.databaseUrl, { onPool: watch.onPool });
    const paths = await hotPaths(desk, database);
    for (let round = -1; round < context.rounds; round += 1) {
      // The first round warms up.
      if (round === 0) watch.begin();
      for (const { work } of paths) {
        await closedLoop({ inFlight: IN_FLIGHT, seconds: context.seconds, work });
      }
    }
    const { statements } = watch;
    const owner = new pg.Client({ connectionString: desk.databaseUrl });
    await owner.connect();
    context.defer(() => owner.end());
    const large = await largeTables(owner, LARGE);
    const scans: string[] = [];
    for (const statement of statements) {
      const tables = await scannedTables(owner, statement, large);
      scans.push(...tables.map((table) => `${table} is read whole by: ${brief(statement.text)}`));
    }
    const worst = statements
      .map(({ text, latency }) => ({ text, p99: latency.percentile(99) }))
      .sort((a, b) => b.p99 - a.p99)
      .slice(0, WORST);
    return {
      figures: [
        figure(
          {
            name: 'slowest statement p99',
            unit: 'ms',
            ours: worst.slice(0, 1).map((one) => one.p99),
          },
          { most: 5 },
        ),
        figure({ name: 'tables read whole', unit: '', ours: [scans.length] }, { most: 0 }),
        figure({ name: 'statements looked at', unit: '', ours: [statements.length] }),
      ],
      breaks: await breaksInTables(desk.database, desk.acknowledged),
      notes: [
        `${context.orders.toLocaleString('en')} orders; the goal is about 10⁷: --orders 1e7.`,
        ...worst.map(({ text, p99 }) => `p99 ${p99.toFixed(1)} ms: ${brief(text)}`),
        ...scans,
      ],
    };
  },
};

function brief(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);
}
