import { fileURLToPath } from 'node:url';
import { untilItSells } from '../desk/api-caller.ts';
import { breaksAgainstChain, breaksInTables } from '../desk/invariants.ts';
import { freePort } from '../desk/bench-postgres.ts';
import { ChildProgram } from '../desk/child-program.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { untilSettled } from '../desk/until.ts';
import { figure } from '../measure/figure.ts';
import { openLoop } from '../measure/open-loop.ts';
import { residentMegabytes } from '../measure/process-load.ts';
import type { Row, RowContext } from '../row.ts';

const SOCKETS = 1_000;
const PER_SECOND = 100;
const CONNECTIONS = 32;
const SETTLE_SECONDS = 180;
/** Below this the slope says more about the first fill of caches than about the desk. */
const ORDERS_FOR_A_SLOPE = 1_000_000;
/** With fewer nothing is told at all. */
const FEW_ORDERS = 1_000;

export const row: Row = {
  id: 'P9',
  title: 'Memory with 1,000 sockets and 100 orders/s',
  reference: 'none: the goal is absolute',
  seconds: 2,
  async run(context) {
    const { rounds, seconds } = context;
    const desk = await openProcessDesk(context, { wallets: 50, users: 1_000, receivers: 200 });
    const server = await desk.start(['api', 'worker', 'watcher']);
    const caller = server.caller(CONNECTIONS);
    const acknowledged = [await untilItSells(caller, desk)];
    // They listen to changes; what they are told is P7's matter.
    await startReaders(context, server.url, desk.apiKey);
    const resident: number[] = [];
    const live: { readonly orders: number; readonly megabytes: number }[] = [];
    const problems: string[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const load = await openLoop({
        perSecond: PER_SECOND,
        seconds,
        work: async (n) => acknowledged.push(await caller.placeOrder(desk, n)),
      });
      problems.push(...load.problems);
      const megabytes = await residentMegabytes(server.program.pid);
      if (megabytes !== null && round > 0) resident.push(megabytes);
      // Not in between: a forced collection makes the resident memory look smaller than it is.
      if (round === 0 || round === rounds) {
        live.push({ orders: acknowledged.length, megabytes: await server.liveMegabytes() });
      }
    }
    await untilSettled(desk, SETTLE_SECONDS);
    const [first, last] = [live.at(0), live.at(-1)];
    const orders = (last?.orders ?? 0) - (first?.orders ?? 0);
    const growth = (last?.megabytes ?? 0) - (first?.megabytes ?? 0);
    const slope = (growth / Math.max(1, orders)) * ORDERS_FOR_A_SLOPE;
    const enough = orders >= ORDERS_FOR_A_SLOPE;
    return {
      figures: [
        figure({ name: 'resident', unit: 'MB', ours: resident }, { most: 250 }),
        figure({
          name: 'held after collecting',
          unit: 'MB',
          ours: live.map((one) => one.megabytes),
        }),
        figure(
          { name: 'growth a 10⁶ orders', unit: 'MB', ours: orders >= FEW_ORDERS ? [slope] : [] },
          enough ? { most: 10 } : {},
        ),
      ],
      breaks: [
        ...problems.slice(0, 3),
        ...(await breaksInTables(desk.database, acknowledged)),
        ...(await breaksAgainstChain(desk.database, desk.devnet.url)),
      ],
      notes: [
        'API, worker and watcher in one process; the signer, its child, is not counted.',
        enough
          ? `The slope is over ${orders.toLocaleString('en')} orders.`
          : `${orders.toLocaleString('en')} orders are too few for the goal about the slope: it asks for 10⁶, hence --seconds 2000.`,
      ],
    };
  },
};

async function startReaders(context: RowContext, url: string, apiKey: string): Promise<void> {
  const port = await freePort();
  const program = await ChildProgram.start({
    name: 'readers',
    args: [fileURLToPath(new URL('../desk/readers-server.ts', import.meta.url))],
    env: { URL: url, API_KEY: apiKey, READERS: `${SOCKETS}`, PORT: `${port}` },
    folder: context.folder,
    readyUrl: `http://127.0.0.1:${port}`,
  });
  context.defer(() => program.stop());
}
