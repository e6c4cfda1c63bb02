import type { Database } from '../../../server/src/database/database.ts';
import { query } from '../../../server/src/database/query.ts';
import { readEventHead, readEvents } from '../../../server/src/events/read-events.ts';
import { readOrderStatistics } from '../../../server/src/finance/order-statistics.ts';
import { beginCursor } from '../../../server/src/following/chain-cursor.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { userStatement } from '../../../server/src/ledger/statement.ts';
import { beginAttempts } from '../../../server/src/operations/begin-attempts.ts';
import { listOrders } from '../../../server/src/orders/list-orders.ts';
import { reasonsOfOrders } from '../../../server/src/orders/order-reasons.ts';
import { ordersByIds } from '../../../server/src/orders/order-rows.ts';
import { balancesOf } from '../../../server/src/users/user-figures.ts';
import { allWallets, usesOfWallets } from '../../../server/src/wallets/wallet-rows.ts';
import { bench, ids } from '../desk/seed.ts';
import { makeIntake, commandOf, type ServiceDesk } from '../desk/service-desk.ts';

/** What the desk does all day, each as one call of what the API or the engine calls. */
export interface HotPath {
  readonly name: string;
  readonly work: (n: number) => Promise<unknown>;
}

const PAGE = 50;
/** Operations that are claimed at once; each round of claims needs as many that are due. */
const CLAIMED = 5;

/** @param database may see more than the desk's own: a row that looks at its statements hands one in */
export async function hotPaths(desk: ServiceDesk, database: Database): Promise<HotPath[]> {
  const { chain, receivers, acknowledged } = desk;
  const intake = makeIntake(database, chain);
  const em = () => database.read();
  const users = await query<{ id: string }>(em(), 'select id from users order by id');
  const some = await query<{ id: string; placedAtText: string }>(
    em(),
    `select id, to_char(placed_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "placedAtText"
     from orders order by placed_at, id limit 1000`,
  );
  const userOf = (n: number): string => present(users[n % users.length], 'user').id;
  const orderOf = (n: number) => present(some[(n * 37) % some.length], 'order');
  const solid = present(chain.nodes.chainClock().solid, 'solid block');
  await database.transaction(bench, async (tx) => {
    const header = await chain.nodes.newestHeader('solid');
    await beginCursor(tx, 'solid', header);
  });
  const page = { sort: 'PLACED_AT_DESC', first: PAGE, after: null } as const;
  const place = async (n: number): Promise<void> => {
    acknowledged.push((await intake.place(commandOf(desk, n))).orderId);
  };
  return [
    { name: 'place', work: place },
    { name: 'list, first page', work: () => listOrders(em(), {}, page) },
    { name: 'list, deep page', work: (n) => listOrders(em(), {}, { ...page, after: orderOf(n) }) },
    { name: 'list of a user', work: (n) => listOrders(em(), { userId: userOf(n) }, page) },
    { name: 'list by state', work: () => listOrders(em(), { states: ['PENDING'] }, page) },
    {
      name: 'list by states',
      work: () => listOrders(em(), { states: ['PENDING', 'PROCESSING', 'FAILED'] }, page),
    },
    {
      name: 'list of a receiver',
      work: (n) => listOrders(em(), { receiver: receivers[n % receivers.length] }, page),
    },
    {
      name: 'one order',
      async work(n) {
        const { id } = orderOf(n);
        await Promise.all([ordersByIds(em(), [id]), reasonsOfOrders(em(), [id])]);
      },
    },
    { name: 'search', work: (n) => listOrders(em(), { search: orderOf(n).id }, page) },
    { name: 'balance', work: (n) => balancesOf(em(), [userOf(n)]) },
    {
      name: 'statement',
      work: (n) => userStatement(em(), userOf(n), 'TRX', { first: PAGE, after: null }),
    },
    {
      name: 'wallets',
      async work() {
        const wallets = await allWallets(em());
        await usesOfWallets(
          em(),
          wallets.map(({ id }) => id),
        );
      },
    },
    {
      name: 'events',
      work: async () => readEvents(em(), await readEventHead(em()), {}, 1_000),
    },
    {
      name: 'claim',
      async work(n) {
        // Something must be due; what it costs is the row of placing.
        for (let more = 0; more < CLAIMED; more += 1) await place(n + more);
        const claimed = await database.transaction(bench, (tx) =>
          beginAttempts(tx, {
            worker: 'bench',
            ids,
            limit: CLAIMED,
            headTimeMs: solid.timeMs,
            leaseSeconds: 60,
            expirationSeconds: 45,
          }),
        );
        if (claimed.length === 0) throw new Error('nothing was claimed');
      },
    },
    {
      name: 'dashboard of an hour',
      work: () => {
        const to = new Date();
        const from = new Date(to.getTime() - 3_600_000);
        return readOrderStatistics(em(), { from, to, bucket: 'HOUR' });
      },
    },
  ];
}
