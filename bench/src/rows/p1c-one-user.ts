import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openServiceDesk } from '../desk/service-desk.ts';
import { openRawLanes } from '../references/raw-place.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 64;

export const row: Row = {
  id: 'P1c',
  title: 'One user sends everything, 64 in flight',
  reference: 'one prepared call per order on one account',
  seconds: 1,
  async run(context) {
    const desk = await openServiceDesk(context, { wallets: 20, users: 1, receivers: 100 });
    // More connections would only queue for the one account.
    const [lane] = await openRawLanes(desk, 1, context.defer);
    let placed = 0;
    const { ours, reference } = await inTurn(
      context,
      (seconds) =>
        closedLoop({
          inFlight: IN_FLIGHT,
          seconds,
          work: () => desk.place(placed++),
        }),
      (seconds) =>
        closedLoop({
          inFlight: 1,
          seconds,
          work: async () => lane?.place(1),
        }),
    );
    return {
      figures: [
        figure(
          {
            name: 'orders of one user',
            unit: '/s',
            ours: ours.map(({ perSecond }) => perSecond),
            reference: reference.map(({ perSecond }) => perSecond),
          },
          { least: 5_000 },
        ),
      ],
      breaks: await breaksInTables(desk.database, desk.acknowledged),
    };
  },
};
