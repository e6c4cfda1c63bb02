import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openServiceDesk } from '../desk/service-desk.ts';
import { openOrmPlacing } from '../references/orm-place.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 64;

export const row: Row = {
  id: 'P1b',
  title: 'Placing in batches against a transaction per order',
  reference: 'MikroORM, a transaction and a unit of work for each order, the same tables',
  seconds: 1,
  async run(context) {
    const desk = await openServiceDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
    const placeByOrm = await openOrmPlacing(desk, context.defer);
    let placed = 0;
    const side = (place: (n: number) => Promise<void>) => (seconds: number) =>
      closedLoop({ inFlight: IN_FLIGHT, seconds, work: () => place(placed++) });
    const { ours, reference } = await inTurn(context, side(desk.place), side(placeByOrm));
    const p99 = (results: typeof ours) => results.map(({ latency }) => latency.percentile(99));
    const rate = (results: typeof ours) => results.map(({ perSecond }) => perSecond);
    return {
      figures: [
        figure(
          { name: 'orders', unit: '/s', ours: rate(ours), reference: rate(reference) },
          { leastRatio: 10 },
        ),
        figure({ name: 'p99', unit: 'ms', ours: p99(ours), reference: p99(reference) }),
      ],
      breaks: await breaksInTables(desk.database, desk.acknowledged),
    };
  },
};
