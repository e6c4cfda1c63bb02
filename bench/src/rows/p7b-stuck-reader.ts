import { setTimeout as pause } from 'node:timers/promises';
import { untilItSells } from '../desk/api-caller.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { openSubscriber, Subscribers } from '../desk/subscribers.ts';
import { figure } from '../measure/figure.ts';
import { openLoop } from '../measure/open-loop.ts';
import type { Row } from '../row.ts';

const READERS = 1_000;
const PER_SECOND = 10;
/** As many as a connection may have: so the room that the system gives a connection is soon full. */
const STREAMS = 100;
const CLOSED_WITHIN_SECONDS = 10;
const LOOK_MS = 250;

/** A large answer of each event. */
const LARGE = `subscription Large {
  orderChanged { cursor order {
    id number clientOrderId state energy duration durationSeconds receiver explanation whyWallets
    placedAt deadlineAt updatedAt placedBy { kind name } price { amount currency } pricePerEnergy
    user { id telegramId standing } slices { id position energy state wallet { id label address } }
    history { at from to cause }
  } }
}`;

export const row: Row = {
  id: 'P7b',
  title: 'One stuck reader among 1,000',
  reference: 'the same load without it',
  seconds: 2,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 100, receivers: 20 });
    const api = await desk.start(['api']);
    const caller = api.caller(8);
    const acknowledged = [await untilItSells(caller, desk)];
    const subscribers = new Subscribers(api.url, desk.apiKey);
    context.defer(() => subscribers.close());
    await subscribers.grow(READERS);
    const problems: string[] = [];
    const load = async (name: string, rounds = context.rounds) => {
      const before = await api.liveMegabytes();
      const p99: number[] = [];
      for (let round = 0; round < rounds; round += 1) p99.push(await waits(`${name}-${round}`));
      return { p99, growth: (await api.liveMegabytes()) - before };
    };
    const waits = async (name: string): Promise<number> => {
      const sent = await openLoop({
        perSecond: PER_SECOND,
        seconds: context.seconds,
        async work(n, intendedAt) {
          const key = `${name}-${n}`;
          subscribers.expect(key, intendedAt);
          acknowledged.push(await caller.placeOrder(desk, n, key));
        },
      });
      const found = await subscribers.collect();
      problems.push(...sent.problems, ...found.problems);
      return found.latency.percentile(99);
    };
    await load('warm-up', 1);
    const without = await load('without');
    const stuck = await openSubscriber(api.url, desk.apiKey, LARGE, STREAMS);
    context.defer(() => stuck.terminate());
    stuck.pause();
    const goneAfter = secondsUntilGone(
      api.url,
      context.rounds * context.seconds + CLOSED_WITHIN_SECONDS,
    );
    const beside = await load('with');
    const gone = await goneAfter;
    const growth = beside.growth - without.growth;
    return {
      figures: [
        figure({ name: 'growth by the stuck reader', unit: 'MB', ours: [growth] }, { most: 2 }),
        figure(
          {
            name: 'p99 of the others',
            unit: 'ms',
            ours: beside.p99,
            reference: without.p99,
          },
          { mostRatio: 1.2 },
        ),
        figure(
          {
            name: 'closed or resynced after',
            unit: 's',
            ours: gone === null ? [Infinity] : [gone],
          },
          { most: CLOSED_WITHIN_SECONDS },
        ),
      ],
      breaks: [...problems.slice(0, 3), ...(await breaksInTables(desk.database, acknowledged))],
      notes: [
        gone === null
          ? 'The connection of the stuck reader was still open at the end.'
          : 'Counted from the moment in which it stops to read; what the system itself holds for a connection has to fill first.',
        'The rounds follow each other, all without the reader before all with it: it is ended once. What is still held after collecting garbage is told apart in the same way.',
      ],
    };
  },
};

/** Until the server counts no more than the readers that read; null when it never does. */
async function secondsUntilGone(url: string, patience: number): Promise<number | null> {
  const begin = performance.now();
  for (;;) {
    const seconds = (performance.now() - begin) / 1_000;
    const text = await (await fetch(`${url}/metrics`)).text();
    const open = Number(/^desk_websocket_connections\{.*\} (\d+)$/m.exec(text)?.[1]);
    if (open <= READERS) return seconds;
    if (seconds > patience) return null;
    await pause(LOOK_MS);
  }
}
