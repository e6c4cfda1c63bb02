import { closedLoop } from '../measure/closed-loop.ts';
import { figure } from '../measure/figure.ts';
import { inTurn } from '../measure/rounds.ts';
import { untilItSells } from '../desk/api-caller.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { startReference } from '../references/reference-server.ts';
import type { Row } from '../row.ts';

const IN_FLIGHT = 64;
const HELLO = JSON.stringify({ query: 'query Hello { hello }' });

export const row: Row = {
  id: 'P2',
  title: 'placeOrder over HTTP, durable',
  reference: 'a hello query on bare Apollo Server over node:http',
  seconds: 1.5,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 1_000, receivers: 100 });
    const api = await desk.start(['api']);
    const caller = api.caller(IN_FLIGHT);
    const hello = await startReference(context, 'hello', IN_FLIGHT);
    const acknowledged = [await untilItSells(caller, desk)];
    const load = (work: (n: number) => Promise<unknown>) => (seconds: number) =>
      closedLoop({ inFlight: IN_FLIGHT, seconds, work });
    const { ours, reference } = await inTurn(
      context,
      load(async (n) => acknowledged.push(await caller.placeOrder(desk, n))),
      load(() => hello.caller.post(HELLO)),
    );
    const rates = ours.map(({ perSecond }) => perSecond);
    return {
      figures: [
        figure({ name: 'placeOrder', unit: '/s', ours: rates }, { least: 3_000 }),
        figure(
          {
            name: 'placeOrder to hello',
            unit: '/s',
            ours: rates,
            reference: reference.map(({ perSecond }) => perSecond),
          },
          { leastRatio: 0.45 },
        ),
        figure({
          name: 'p99 with 64 in flight',
          unit: 'ms',
          ours: ours.map(({ latency }) => latency.percentile(99)),
          reference: reference.map(({ latency }) => latency.percentile(99)),
        }),
      ],
      breaks: await breaksInTables(desk.database, acknowledged),
      notes: ['The process has the role api alone: what is placed here is delivered by others.'],
    };
  },
};
