import { query } from '../../../server/src/database/query.ts';
import { untilItSells } from '../desk/api-caller.ts';
import { BroadcastWatch } from '../desk/broadcast-watch.ts';
import { breaksAgainstChain, breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk, type ProcessDesk } from '../desk/process-desk.ts';
import { untilSettled } from '../desk/until.ts';
import { figure } from '../measure/figure.ts';
import { Latencies } from '../measure/latency.ts';
import { openLoop } from '../measure/open-loop.ts';
import type { Row } from '../row.ts';

const PER_SECOND = 100;
const CONNECTIONS = 64;
/** Mean wait for the next of the chain's blocks, one every 3 s. */
const FLOOR_MS = 1_500;
const SETTLE_SECONDS = 120;

interface Steps {
  readonly id: string;
  readonly placed: string;
  readonly completed: string | null;
  readonly signed: string | null;
}

export const row: Row = {
  id: 'P6',
  title: 'From the order to the node and into a block, at 100 orders/s',
  reference: 'the mean wait for a block, 1.5 s',
  seconds: 2.5,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 50, users: 1_000, receivers: 200 });
    const watch = new BroadcastWatch(desk.devnet);
    const { caller: callers } = await desk.start(['api', 'worker', 'watcher']);
    const caller = callers(CONNECTIONS);
    const acknowledged = [await untilItSells(caller, desk)];
    const rounds: string[][] = [];
    const problems: string[] = [];
    for (let round = 0; round <= context.rounds; round += 1) {
      const ids: string[] = [];
      const load = await openLoop({
        perSecond: PER_SECOND,
        seconds: context.seconds,
        work: async (n) => ids.push(await caller.placeOrder(desk, n)),
      });
      if (load.failed > 0) problems.push(`${load.failed} orders failed: ${load.problems.join()}`);
      acknowledged.push(...ids);
      // The first round warms up.
      if (round > 0) rounds.push(ids);
    }
    await untilSettled(desk, SETTLE_SECONDS);
    const found = await Promise.all(rounds.map((ids) => stepsOf(desk, watch, ids)));
    const sent = found.map(({ sent }) => sent);
    const delivered = found.map(({ delivered }) => delivered);
    const at = (all: Latencies[], percent: number) => all.map((one) => one.percentile(percent));
    return {
      figures: [
        figure({ name: 'to the node p50', unit: 'ms', ours: at(sent, 50) }, { most: 10 }),
        figure({ name: 'to the node p99', unit: 'ms', ours: at(sent, 99) }, { most: 50 }),
        figure(
          {
            name: 'delivered p50',
            unit: 'ms',
            ours: at(delivered, 50),
            reference: rounds.map(() => FLOOR_MS),
          },
          { most: 2_500 },
        ),
        figure({ name: 'delivered p99', unit: 'ms', ours: at(delivered, 99) }, { most: 6_000 }),
      ],
      breaks: [
        ...problems,
        ...found.flatMap(({ problem }) => problem ?? []),
        ...(await breaksInTables(desk.database, acknowledged)),
        ...(await breaksAgainstChain(desk.database, desk.devnet.url)),
      ],
      notes: [
        'Counted from the moment in which the placing transaction writes the order, a little before its commit, to the arrival of the bytes at the node.',
      ],
    };
  },
};

/** How long each order of a round took to its first broadcast, and to its delivery. */
async function stepsOf(
  { database }: ProcessDesk,
  watch: BroadcastWatch,
  ids: readonly string[],
): Promise<{ sent: Latencies; delivered: Latencies; problem: string | undefined }> {
  const rows = await query<Steps>(
    database.read(),
    `select o.id, extract(epoch from o.placed_at) * 1000 as placed,
            extract(epoch from o.completed_at) * 1000 as completed, a.signed_hex as signed
     from orders o join order_slices s on s.order_id = o.id
     join chain_operations c on c.reference = s.id and c.purpose = 'deliver'
     left join attempts a on a.operation_id = c.id and a.number = 1
     where o.id = any($1::uuid[])`,
    [ids],
  );
  const sent = new Latencies();
  const delivered = new Latencies();
  let unseen = 0;
  for (const { placed, completed, signed } of rows) {
    const at = signed === null ? undefined : watch.at(signed);
    if (at === undefined || completed === null) unseen += 1;
    else {
      sent.record(at - Number(placed));
      delivered.record(Number(completed) - Number(placed));
    }
  }
  const problem = unseen > 0 ? `${unseen} orders were not sent, or not delivered` : undefined;
  return { sent, delivered, problem };
}
