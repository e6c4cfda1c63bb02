import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { findBreaks, type RecordEntry } from '../testing/chain-against-books.ts';
import type { Customers } from './customers.ts';
import type { World } from './world.ts';

interface OrderEnd {
  id: string;
  client_order_id: string;
  telegram_id: bigint;
  state: string;
  energy: bigint;
  price_sun: bigint;
  duration_seconds: number;
  slices: { sun: string; energy: string; state: string; out: string[]; back: string[] }[];
}

/** Everything that must hold once all is settled, judged by the chain's own record. */
export async function judge(world: World, customers: Customers): Promise<string[]> {
  const em = world.database.read();
  const { entries } = world.control('record', { owners: world.wallets }) as {
    entries: RecordEntry[];
  };
  const orders = await query<OrderEnd>(em, ORDERS);
  return [
    ...(await findBreaks(world.database, () => Promise.resolve(entries))),
    ...orders.flatMap((order) => orderBreaks(order, entries)),
    ...wishBreaks(customers, orders),
    ...(await balanceBreaks(world, em, orders)),
    ...leftOut(entries),
  ];
}

const ORDERS = `
  select o.id, o.client_order_id, u.telegram_id, o.state, o.energy, o.price_sun, o.duration_seconds,
         (select json_agg(json_build_object(
            'sun', s.stake_sun::text, 'energy', s.energy::text, 'state', s.state,
            'out', array(select a.txid from attempts a join chain_operations c on c.id = a.operation_id
                         where c.reference = s.id and c.purpose = 'deliver'),
            'back', array(select a.txid from attempts a join chain_operations c on c.id = a.operation_id
                          where c.reference = s.id and c.purpose = 'reclaim')))
          from order_slices s where s.order_id = o.id) as slices
  from orders o join users u on u.id = o.user_id`;

/** I3, I4, I7: an order is delivered whole and for its whole time, or leaves nothing on the chain. */
function orderBreaks(order: OrderEnd, record: readonly RecordEntry[]): string[] {
  const name = `${order.client_order_id} (${order.state})`;
  if (order.state !== 'COMPLETED' && order.state !== 'REFUNDED') return [`${name} has not ended`];
  const breaks: string[] = [];
  let delivered = 0n;
  for (const { energy, state, out, back } of order.slices) {
    const outs = record.filter(({ txid }) => out.includes(txid));
    const backs = record.filter(({ txid }) => back.includes(txid));
    if (outs.length > 0) delivered += BigInt(energy);
    if (outs.length !== backs.length) {
      breaks.push(`${name}: ${outs.length} delegations, ${backs.length} taken back`);
    }
    if (outs.length > 0 !== (state === 'DELIVERED')) {
      breaks.push(`${name}: a slice is ${state} after ${outs.length} delegations`);
    }
    const [first] = outs;
    const [last] = backs;
    if (order.state === 'COMPLETED' && first && last) {
      const seconds = (last.time - first.time) / 1_000;
      if (seconds < order.duration_seconds)
        breaks.push(`${name} was taken back after ${seconds} s`);
    }
  }
  if (order.state === 'COMPLETED' && delivered !== order.energy) {
    breaks.push(`${name}: ${delivered} of ${order.energy} Energy was delegated`);
  }
  return breaks;
}

/** I9, I12: what was acknowledged is there, once, under its key. */
function wishBreaks(customers: Customers, orders: readonly OrderEnd[]): string[] {
  const byKey = Map.groupBy(orders, ({ client_order_id }) => client_order_id);
  return customers.wishes.flatMap(({ key, acknowledged, maxPriceSun }) => {
    const found = byKey.get(key) ?? [];
    const breaks: string[] = [];
    if (found.length > 1) breaks.push(`${key} has ${found.length} orders`);
    for (const { price_sun } of found) {
      if (maxPriceSun !== null && price_sun > maxPriceSun) {
        breaks.push(`${key} was taken for ${price_sun} sun, above its ${maxPriceSun}`);
      }
    }
    for (const id of acknowledged) {
      if (!found.some((order) => order.id === id))
        breaks.push(`${key} was acknowledged and is gone`);
    }
    return breaks;
  });
}

/** Every user has what was paid in, less the price of what was delivered: to the sun. */
async function balanceBreaks(
  world: World,
  em: EntityManager,
  orders: readonly OrderEnd[],
): Promise<string[]> {
  const rows = await query<{ telegram_id: bigint; code: string; balance: bigint }>(
    em,
    `select u.telegram_id, a.code, a.balance from ledger_accounts a join users u on u.id = a.user_id
     where a.asset = 'TRX'`,
  );
  return world.users.flatMap(({ telegramId, fundsSun }) => {
    const own = rows.filter((row) => row.telegram_id === telegramId);
    const spent = orders
      .filter((order) => order.telegram_id === telegramId && order.state === 'COMPLETED')
      .reduce((total, order) => total + order.price_sun, 0n);
    const balance = (code: string): bigint => own.find((row) => row.code === code)?.balance ?? 0n;
    const breaks: string[] = [];
    if (balance('user.held') !== 0n) breaks.push(`user ${telegramId} has money held for nothing`);
    if (balance('user.available') !== fundsSun - spent) {
      breaks.push(
        `user ${telegramId} has ${balance('user.available')} sun, not ${fundsSun - spent}`,
      );
    }
    return breaks;
  });
}

/** I7: nothing of the pool is left delegated once every rental is over. */
function leftOut(record: readonly RecordEntry[]): string[] {
  const pairs = new Map<string, bigint>();
  for (const { kind, owner, receiver, amount } of record) {
    if (kind !== 'delegate' && kind !== 'undelegate') continue;
    const pair = `${owner} to ${receiver ?? '?'}`;
    const sun = BigInt(amount ?? '0');
    pairs.set(pair, (pairs.get(pair) ?? 0n) + (kind === 'delegate' ? sun : -sun));
  }
  return [...pairs]
    .filter(([, sun]) => sun !== 0n)
    .map(([pair, sun]) => `${pair}: ${sun} sun left`);
}
