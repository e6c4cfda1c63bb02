import { type ApiCaller, untilItSells } from '../desk/api-caller.ts';
import { breaksInTables } from '../desk/invariants.ts';
import { openProcessDesk } from '../desk/process-desk.ts';
import { Subscribers } from '../desk/subscribers.ts';
import { type Figure, figure } from '../measure/figure.ts';
import { openLoop } from '../measure/open-loop.ts';
import { cpuSeconds } from '../measure/process-load.ts';
import { inTurn } from '../measure/rounds.ts';
import { startReference } from '../references/reference-server.ts';
import type { Row } from '../row.ts';

/** Each goes to every subscriber: 5,000 of them are 10,000 deliveries a second. */
const EVENTS_PER_SECOND = 2;
const CONNECTIONS = 8;
const SIZES = [
  { size: 1_000, mostMs: 50 },
  { size: 5_000, mostMs: 150 },
] as const;

interface Side {
  readonly subscribers: Subscribers;
  readonly pid: number;
  /** Causes one event for all. */
  readonly cause: (clientOrderId: string) => Promise<unknown>;
}

interface Streamed {
  readonly p99: number;
  /** Microseconds of the server's processor; NaN where the system does not tell. */
  readonly cpuPerDelivery: number;
  readonly problems: readonly string[];
}

export const row: Row = {
  id: 'P7',
  title: 'Live orders for 1,000 and 5,000 subscribers',
  reference: 'stock graphql-ws, one execution per subscriber',
  seconds: 1.25,
  async run(context) {
    const desk = await openProcessDesk(context, { wallets: 20, users: 100, receivers: 20 });
    const api = await desk.start(['api']);
    const caller = api.caller(CONNECTIONS);
    const stock = await startReference(context, 'stock-streams', CONNECTIONS);
    const acknowledged = [await untilItSells(caller, desk)];
    const ours: Side = {
      subscribers: new Subscribers(api.url, desk.apiKey),
      pid: api.program.pid,
      cause: async (key) => acknowledged.push(await caller.placeOrder(desk, 0, key)),
    };
    const reference: Side = {
      subscribers: new Subscribers(stock.url, null),
      pid: stock.program.pid,
      cause: (key) => publish(stock.caller, key),
    };
    const written = await startReference(context, 'bare-writes', CONNECTIONS);
    const bare: Side = {
      subscribers: new Subscribers(written.url, null),
      pid: written.program.pid,
      cause: (key) => publish(written.caller, key),
    };
    context.defer(() => bare.subscribers.close());
    context.defer(() => ours.subscribers.close());
    context.defer(() => reference.subscribers.close());
    const figures: Figure[] = [];
    const problems: string[] = [];
    for (const { size, mostMs } of SIZES) {
      await Promise.all([ours, reference, bare].map(({ subscribers }) => subscribers.grow(size)));
      context.say(`${size.toLocaleString('en')} subscribers of each`);
      const writes: Streamed[] = [];
      const found = await inTurn(
        context,
        (seconds, round) => stream(seconds, ours, `${size}-${round}`),
        async (seconds, round) => {
          const wrote = await stream(seconds, bare, `${size}-${round}`);
          if (round >= 0) writes.push(wrote);
          return stream(seconds, reference, `${size}-${round}`);
        },
      );
      const all = [...found.ours, ...found.reference, ...writes];
      problems.push(...all.flatMap((one) => one.problems));
      figures.push(...figuresOf(found.ours, found.reference, writes, { size, mostMs }));
    }
    return {
      figures,
      breaks: [...problems.slice(0, 3), ...(await breaksInTables(desk.database, acknowledged))],
      notes: [
        'Ours counts from the intended start of the placing request, the reference from that of a bare publish: ours has the placing in it.',
        'A bare write is what a delivery costs a server on Node that only writes the same bytes to each connection, nothing executed or asked: no server on Node gets below that ratio.',
      ],
    };
  },
};

async function stream(seconds: number, side: Side, name: string): Promise<Streamed> {
  const { subscribers, pid, cause } = side;
  const before = await cpuSeconds(pid);
  const load = await openLoop({
    perSecond: EVENTS_PER_SECOND,
    seconds,
    work(n, intendedAt) {
      const key = `${name}-${n}`;
      subscribers.expect(key, intendedAt);
      return cause(key);
    },
  });
  const { latency, deliveries, problems } = await subscribers.collect();
  const after = await cpuSeconds(pid);
  const used = before === null || after === null ? Number.NaN : after - before;
  return {
    p99: latency.percentile(99),
    cpuPerDelivery: (used * 1_000_000) / deliveries,
    problems: [...problems, ...load.problems],
  };
}

function figuresOf(
  ours: readonly Streamed[],
  reference: readonly Streamed[],
  writes: readonly Streamed[],
  { size, mostMs }: { readonly size: number; readonly mostMs: number },
): Figure[] {
  const p99 = (all: readonly Streamed[]) => all.map((one) => one.p99);
  const cpu = (all: readonly Streamed[]) =>
    all.map((one) => one.cpuPerDelivery).filter((value) => Number.isFinite(value));
  const clients = size.toLocaleString('en');
  return [
    figure(
      { name: `${clients} clients p99`, unit: 'ms', ours: p99(ours), reference: p99(reference) },
      { most: mostMs },
    ),
    figure(
      {
        name: `${clients} clients CPU a delivery`,
        unit: 'µs',
        ours: cpu(ours),
        reference: cpu(reference),
      },
      { mostRatio: 0.25 },
    ),
    figure({
      name: `${clients} clients CPU a bare write`,
      unit: 'µs',
      ours: cpu(writes),
      reference: cpu(reference),
    }),
  ];
}

function publish(caller: ApiCaller, clientOrderId: string): Promise<string> {
  return caller.post(
    JSON.stringify({
      ...{ id: '019a0000-0000-7000-8000-000000000000', number: 'A7K29-QWDX3', clientOrderId },
      ...{ state: 'PENDING', energy: '65000', receiver: 'TUNSL5N681QQYDpQWi4kNFdqGi7nLyZehC' },
      placedAt: '2026-01-01T00:00:00.000Z',
      price: { amount: '3.9', currency: 'TRX' },
    }),
  );
}
