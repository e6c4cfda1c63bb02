import { untilItSells } from '../desk/api-caller.ts';
import { breaksAgainstChain, breaksInTables } from '../desk/invariants.ts';
import { makeMix } from '../desk/mix.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { untilSettled } from '../desk/until.ts';
import { figure } from '../measure/figure.ts';
import { openLoop } from '../measure/open-loop.ts';
import { repeated } from '../measure/rounds.ts';
import type { Row } from '../row.ts';

const USERS = 1_000;
/** Each user asks for something every three seconds. */
const PER_SECOND = USERS / 3;
const CONNECTIONS = 200;
const ORDERS_BEFORE = 1_000;
const SETTLE_SECONDS = 120;

export const row: Row = {
  id: 'P3',
  title: '1,000 users: 70 % reads, 20 % lists, 10 % orders',
  reference: 'none: the goal is absolute',
  seconds: 3,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 50, users: USERS, receivers: 200 });
    for (let n = 0; n < ORDERS_BEFORE;) {
      await Promise.all(Array.from({ length: 100 }, () => desk.place(n++)));
    }
    const { caller: callers } = await desk.start(['api', 'worker', 'watcher']);
    const caller = callers(CONNECTIONS);
    const acknowledged = [...desk.acknowledged, await untilItSells(caller, desk)];
    await untilSettled(desk, SETTLE_SECONDS);
    const mix = await makeMix(desk, caller, acknowledged);
    const rounds = await repeated(context, (seconds) =>
      openLoop({ perSecond: PER_SECOND, seconds, work: mix }),
    );
    await untilSettled(desk, SETTLE_SECONDS);
    const at = (percent: number) => rounds.map(({ latency }) => latency.percentile(percent));
    const failed = rounds.map((one) => one.failed);
    return {
      figures: [
        figure({ name: 'p95', unit: 'ms', ours: at(95) }, { most: 50 }),
        figure({ name: 'p99', unit: 'ms', ours: at(99) }, { most: 100 }),
        figure({ name: 'errors', unit: '', ours: [Math.max(...failed)] }, { most: 0 }),
      ],
      breaks: [
        ...(await breaksInTables(desk.database, acknowledged)),
        ...(await breaksAgainstChain(desk.database, desk.devnet.url)),
      ],
      notes: [
        `${Math.round(PER_SECOND)} requests a second on a fixed schedule; all three roles in one process.`,
        ...rounds.flatMap(({ problems }) => problems).slice(0, 3),
      ],
    };
  },
};
