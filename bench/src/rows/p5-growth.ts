import { breaksInTables } from '../desk/invariants.ts';
import { openServiceDesk, type ServiceDesk } from '../desk/service-desk.ts';
import { fillOrders } from '../fill/fill-orders.ts';
import { type HotPath, hotPaths } from '../fill/hot-paths.ts';
import { closedLoop } from '../measure/closed-loop.ts';
import { type Figure, figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import type { Row, RowContext } from '../row.ts';

/** The size that larger ones are compared with. */
const BASE = 10_000;
const MOST_RATIO = 1.25;
const IN_FLIGHT = 4;

export const row: Row = {
  id: 'P5',
  title: 'The same work with more orders in the tables',
  reference: 'itself at 10⁴ orders',
  // Of each path.
  seconds: 0.15,
  async run(context) {
    const largest = context.orders;
    const base = Math.min(BASE, Math.ceil(largest / 10));
    const [small, large] = [await open(context, base), await open(context, largest)];
    const figures: Figure[] = [];
    for (const [index, path] of large.paths.entries()) {
      const other = small.paths[index] ?? path;
      const measure = (one: HotPath) => async () => {
        const load = { inFlight: IN_FLIGHT, seconds: context.seconds, work: one.work };
        return (await closedLoop(load)).latency.percentile(99);
      };
      const { ours, reference } = await inTurn(context.rounds, measure(path), measure(other));
      figures.push(
        figure(
          { name: `${path.name} p99`, unit: 'ms', ours, reference },
          { mostRatio: MOST_RATIO },
        ),
      );
    }
    return {
      figures,
      breaks: [
        ...(await breaksInTables(small.desk.database, small.desk.acknowledged)),
        ...(await breaksInTables(large.desk.database, large.desk.acknowledged)),
      ],
      notes: [
        `${largest.toLocaleString('en')} orders against ${base.toLocaleString('en')}; the goal is about 10⁷: --orders 1e7.`,
        'Claims have the placing of what is claimed in them.',
      ],
    };
  },
};

async function open(
  context: RowContext,
  orders: number,
): Promise<{ desk: ServiceDesk; paths: HotPath[] }> {
  const desk = await openServiceDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
  await fillOrders(desk, orders, context.say);
  return { desk, paths: await hotPaths(desk, desk.database) };
}
