import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { type ApiCaller, untilItSells } from '../desk/api-caller.ts';
import { freePort } from '../desk/bench-postgres.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 64;

export const row: Row = {
  id: 'P11',
  title: 'Placing over HTTP with MongoDB and Redis stopped',
  reference: 'the same with its job store up (in PostgreSQL, as npm start has it)',
  seconds: 1,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
    // Nobody listens there: a MongoDB that is down.
    const down = await freePort();
    const env = { JOBS_URL: `mongodb://127.0.0.1:${down}/jobs?serverSelectionTimeoutMS=1000` };
    const without = (await desk.start(['api'], env)).caller(IN_FLIGHT);
    const usual = (await desk.start(['api'])).caller(IN_FLIGHT);
    const acknowledged = [await untilItSells(without, desk), await untilItSells(usual, desk)];
    const load = (caller: ApiCaller) => (seconds: number) =>
      closedLoop({
        inFlight: IN_FLIGHT,
        seconds,
        work: async (n) => acknowledged.push(await caller.placeOrder(desk, n)),
      });
    const { ours, reference } = await inTurn(context, load(without), load(usual));
    return {
      figures: [
        figure(
          {
            name: 'placeOrder without stores',
            unit: '/s',
            ours: ours.map(({ perSecond }) => perSecond),
            reference: reference.map(({ perSecond }) => perSecond),
          },
          { leastRatio: 0.95 },
        ),
      ],
      breaks: await breaksInTables(desk.database, acknowledged),
      notes: ['The desk does not ask Redis for anything yet: there is none to be stopped.'],
    };
  },
};
