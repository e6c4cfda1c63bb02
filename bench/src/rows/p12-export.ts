import { setTimeout as pause } from 'node:timers/promises';
import { queryOne } from '../../../server/src/database/query.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { untilItSells } from '../desk/api-caller.ts';
import { takeExport, type TakenExport } from '../desk/export-reader.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { makeMix } from '../desk/mix.ts';
import { startFillingPostgres } from '../desk/bench-postgres.ts';
import { openProcessDesk, type ProcessDesk } from '../desk/process-desk.ts';
import { addClient } from '../desk/seed.ts';
import { untilSettled } from '../desk/until.ts';
import { fillOrders } from '../fill/fill-orders.ts';
import { figure } from '../measure/figure.ts';
import { openLoop } from '../measure/open-loop.ts';
import { residentMegabytes } from '../measure/process-load.ts';
import { inTurn } from '../measure/rounds.ts';
import type { Row } from '../row.ts';

const USERS = 1_000;
const PER_SECOND = USERS / 3;
const CONNECTIONS = 200;
const SETTLE_SECONDS = 120;
const LOOK_MS = 100;

export const row: Row = {
  id: 'P12',
  title: 'All orders exported as CSV in constant memory, beside P3',
  reference: 'P3 without the export',
  seconds: 2.5,
  async run(context) {
    const own = await startFillingPostgres(context.folder);
    context.defer(() => own.stop());
    const desk = await openProcessDesk(
      { ...context, postgresUrl: own.url, template: own.template },
      { wallets: 50, users: USERS, receivers: 200 },
    );
    await fillOrders(desk, context.orders, context.say);
    await own.serve();
    const { apiKey } = await addClient(desk.database, 'ANALYST');
    const server = await desk.start(['api', 'worker', 'watcher']);
    const caller = server.caller(CONNECTIONS);
    const acknowledged = [...desk.acknowledged, await untilItSells(caller, desk)];
    await untilSettled(desk, SETTLE_SECONDS);

    // The first one warms up: what code and caches take once is not the export's.
    await exportOn(server.url, apiKey, AbortSignal.timeout(context.seconds * 1_000));
    const growth: number[] = [];
    const speed: number[] = [];
    const problems: string[] = [];
    for (let round = 0; round < context.rounds; round += 1) {
      const highest = watchResident(server.program.pid);
      const before = (await residentMegabytes(server.program.pid)) ?? 0;
      const taken = await takeExport(server.url, apiKey);
      growth.push((await highest()) - before);
      speed.push(taken.rows / taken.seconds);
      problems.push(...(await breaksOf(desk, taken)));
    }

    const mix = await makeMix(desk, caller, acknowledged);
    const load = async (seconds: number): Promise<number> => {
      const { latency, problems: found } = await openLoop({
        perSecond: PER_SECOND,
        seconds,
        work: mix,
      });
      problems.push(...found);
      return latency.percentile(99);
    };
    const { ours, reference } = await inTurn(
      context,
      async (seconds) => {
        const enough = new AbortController();
        const exporting = exportOn(server.url, apiKey, enough.signal);
        const p99 = await load(seconds);
        enough.abort();
        await exporting;
        return p99;
      },
      load,
    );
    await untilSettled(desk, SETTLE_SECONDS);
    return {
      figures: [
        figure({ name: 'rows', unit: '/s', ours: speed }),
        figure({ name: 'growth while exporting', unit: 'MB', ours: growth }, { most: 30 }),
        figure({ name: "P3's p99 meanwhile", unit: 'ms', ours, reference }, { mostRatio: 1.2 }),
      ],
      breaks: [...problems.slice(0, 3), ...(await breaksInTables(desk.database, acknowledged))],
      notes: [
        `${context.orders.toLocaleString('en')} orders; the goal is about 10⁶: --orders 1e6.`,
        'Growth: the highest resident memory of an export over that at its beginning, garbage and all.',
      ],
    };
  },
};

/** One export after the other until it is enough. */
async function exportOn(url: string, apiKey: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await takeExport(url, apiKey, signal);
}

/** Looks at a process's resident memory every now and then. @returns asks for its highest */
function watchResident(pid: number): () => Promise<number> {
  const seen: number[] = [];
  const enough = new AbortController();
  const watching = (async () => {
    while (!enough.signal.aborted) {
      seen.push((await residentMegabytes(pid)) ?? 0);
      await pause(LOOK_MS);
    }
  })();
  return async () => {
    enough.abort();
    await watching;
    return Math.max(...seen);
  };
}

/** An export that was taken while nothing was placed has every order, from the newest to the oldest. */
async function breaksOf({ database }: ProcessDesk, taken: TakenExport): Promise<string[]> {
  const { count, newest, oldest } = present(
    await queryOne<{ count: bigint; newest: string; oldest: string }>(
      database.read(),
      `select count(*) as count,
              (select number from orders order by placed_at desc, id desc limit 1) as newest,
              (select number from orders order by placed_at, id limit 1) as oldest from orders`,
    ),
    'orders',
  );
  const breaks: string[] = [];
  if (BigInt(taken.rows) !== count) breaks.push(`${taken.rows} of ${count} orders were exported`);
  if (!taken.first.startsWith(`${newest},`)) breaks.push('the newest order is not the first row');
  if (!taken.last.startsWith(`${oldest},`)) breaks.push('the oldest order is not the last row');
  return breaks;
}
