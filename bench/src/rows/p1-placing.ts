import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openServiceDesk } from '../desk/service-desk.ts';
import { openRawLanes } from '../references/raw-place.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 64;
const BATCH = 50;
/** More lanes were not faster on two cores. */
const LANES = 4;

export const row: Row = {
  id: 'P1',
  title: 'Placing orders at the service, 64 in flight',
  reference: 'the same rows by a prepared call in batches of 50, four connections, nothing decided',
  seconds: 1.5,
  async run(context) {
    const desk = await openServiceDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
    const lanes = await openRawLanes(desk, LANES, context.defer);
    let placed = 0;
    const { ours, reference } = await inTurn(
      context,
      (seconds) =>
        closedLoop({
          inFlight: IN_FLIGHT,
          seconds,
          work: () => desk.place(placed++),
        }),
      async (seconds) => {
        const rates = await Promise.all(
          lanes.map((lane) => closedLoop({ inFlight: 1, seconds, work: () => lane.place(BATCH) })),
        );
        return rates.reduce((sum, { perSecond }) => sum + perSecond * BATCH, 0);
      },
    );
    const rates = ours.map(({ perSecond }) => perSecond);
    const p99 = ours.map(({ latency }) => latency.percentile(99));
    return {
      figures: [
        figure({ name: 'orders', unit: '/s', ours: rates }, { least: 10_000 }),
        figure(
          { name: 'orders to raw limit', unit: '/s', ours: rates, reference },
          { leastRatio: 0.5 },
        ),
        figure({ name: 'p99', unit: 'ms', ours: p99 }, { most: 25 }),
      ],
      breaks: await breaksInTables(desk.database, desk.acknowledged),
      notes: [
        'Placing holds a user’s money on the user’s own accounts; the rows that all orders share are the wallets.',
      ],
    };
  },
};
