import { randomBytes } from 'node:crypto';
import { type Acknowledged, cancelOrder, placeOrder } from './client.ts';
import { eventually } from './eventually.ts';
import type { House } from './house.ts';
import type { Instance } from './instance.ts';
import type { CrashPoint } from './points.ts';
import { intendForThePool } from './pool-story.ts';
import type { Strike } from './strike.ts';

/** What a story has set going: the process that will fall, and the orders when they are placed. */
export interface Begun {
  readonly victim: Instance;
  readonly orders: Promise<readonly Acknowledged[]>;
  /** What was intended for the pool's own accounts. */
  readonly operations?: readonly string[];
}

const SLOT_MS = 3_000;
const NOTHING_LANDS = { kind: 'never-included' };

/** Three orders, two of them for the same receiver: equal effects must still be two. */
async function place(house: House, duration: string): Promise<Acknowledged[]> {
  const [first, second] = [await house.address(), await house.address()];
  const name = randomBytes(6).toString('hex');
  return Promise.all(
    [first, first, second].map((receiver, index) =>
      placeOrder(house, { clientOrderId: `${name}-${index}`, receiver, duration }),
    ),
  );
}

/** Orders as users place them, and nothing else: for what goes wrong outside the desk. */
export const placeOrders = (house: House): Promise<Acknowledged[]> => place(house, '10s');

function armed(house: House, { role }: CrashPoint, strike: Strike): Instance {
  const [victim] = house.of(role);
  if (victim === undefined) throw new Error(`no ${role} runs`);
  victim.arm(strike);
  return victim;
}

const ids = (orders: readonly Acknowledged[]): string[] => orders.map(({ id }) => id);

/** Time passes for these orders alone: their deadline is now. */
async function endDeadlines(house: House, orders: readonly Acknowledged[]): Promise<void> {
  await house.sql.query('update orders set deadline_at = now() where id = any($1::uuid[])', [
    ids(orders),
  ]);
  await house.sql.query(
    `update chain_operations set deadline_at = now()
     where reference in (select id from order_slices where order_id = any($1::uuid[]))`,
    [ids(orders)],
  );
}

/** Whether every slice of these orders has what the condition asks (over `s`, and `r` its rental). */
async function all(
  house: House,
  orders: readonly Acknowledged[],
  condition: string,
): Promise<boolean> {
  const { rows } = await house.sql.query<{ holds: boolean }>(
    `select bool_and(coalesce(${condition}, false)) as holds
     from order_slices s left join rentals r on r.id = s.id where s.order_id = any($1::uuid[])`,
    [ids(orders)],
  );
  return rows[0]?.holds === true;
}

/** Chain time passes at once until the rentals of these orders end. */
async function endRentals(house: House, orders: readonly Acknowledged[]): Promise<void> {
  const { rows } = await house.sql.query<{ ends_at: Date }>(
    'select max(ends_at) as ends_at from rentals where order_id = any($1::uuid[])',
    [ids(orders)],
  );
  const end = rows[0]?.ends_at.getTime() ?? 0;
  const left = end - house.devnet.chain.head.timestamp;
  house.passSlots(Math.max(0, Math.ceil(left / SLOT_MS)));
}

/** Brings the desk to where the strike waits. */
export async function begin(house: House, point: CrashPoint, strike: Strike): Promise<Begun> {
  switch (point.story) {
    case 'deliver': {
      const victim = armed(house, point, strike);
      return { victim, orders: place(house, '10s') };
    }
    case 'lose': {
      await house.control('faults', NOTHING_LANDS);
      const victim = armed(house, point, strike);
      return { victim, orders: place(house, '10s') };
    }
    case 'miss': {
      await house.control('faults', NOTHING_LANDS);
      const orders = await place(house, '10s');
      await eventually('the orders are sent', () => all(house, orders, "s.state = 'DELEGATING'"));
      const victim = armed(house, point, strike);
      await endDeadlines(house, orders);
      return { victim, orders: Promise.resolve(orders) };
    }
    case 'neglect': {
      await house.without('worker');
      const orders = await place(house, '10s');
      await endDeadlines(house, orders);
      return { victim: await house.add('worker', { strike }), orders: Promise.resolve(orders) };
    }
    case 'cancel': {
      await house.without('worker');
      const orders = await place(house, '10s');
      const victim = armed(house, point, strike);
      const cancelled = Promise.all(orders.map(({ id }) => cancelOrder(house, id)));
      return { victim, orders: cancelled.then(() => orders) };
    }
    case 'treasurer': {
      const victim = armed(house, point, strike);
      const operations = await intendForThePool(house);
      return { victim, orders: Promise.resolve([]), operations };
    }
    case 'reclaim': {
      const orders = await place(house, '5m');
      await eventually('the rentals run', () => all(house, orders, "r.state = 'ACTIVE'"));
      const victim = armed(house, point, strike);
      await endRentals(house, orders);
      return { victim, orders: Promise.resolve(orders) };
    }
  }
}
