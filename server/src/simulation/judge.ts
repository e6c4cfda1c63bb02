import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { findBreaks, type RecordEntry } from '../testing/chain-against-books.ts';
import { OWN_ADDRESSES, TILL } from './cast.ts';
import type { Customers } from './customers.ts';
import { recorded } from './payers.ts';
import type { World } from './world.ts';

/** The smallest deposit that is credited by itself, by default in both currencies. */
const MINIMUM = 10n * UNIT;

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
  const { entries: all } = world.control('record', {
    owners: world.wallets,
    receivers: [...OWN_ADDRESSES, TILL],
  }) as { entries: RecordEntry[] };
  const wallets = new Set<string>(world.wallets);
  const entries = all.filter(({ owner }) => wallets.has(recorded(owner) ?? ''));
  const orders = await query<OrderEnd>(em, ORDERS);
  return [
    ...(await findBreaks(world.database, () => Promise.resolve(all))),
    ...orders.flatMap((order) => orderBreaks(order, entries)),
    ...wishBreaks(customers, orders),
    ...(await balanceBreaks(world, em, orders, await creditsOf(em, all))),
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

/** Micro-units by user's place and currency that keys have sent to users' own addresses, as far as was read. */
async function creditsOf(
  em: EntityManager,
  record: readonly RecordEntry[],
): Promise<ReadonlyMap<string, bigint>> {
  const cursor = await queryOne<{ number: bigint }>(
    em,
    `select number from chain_cursors where name = 'solid'`,
  );
  const credits = new Map<string, bigint>();
  for (const { kind, receiver, amount, block } of record) {
    const place = OWN_ADDRESSES.findIndex((address) => address === recorded(receiver));
    const micros = BigInt(amount ?? '0');
    if (place === -1 || BigInt(block) > (cursor?.number ?? 0n) || micros < MINIMUM) continue;
    // What a contract sends waits for a person.
    if (kind !== 'transfer' && kind !== 'usdt') continue;
    const key = `${place} ${kind === 'usdt' ? 'USDT' : 'TRX'}`;
    credits.set(key, (credits.get(key) ?? 0n) + micros);
  }
  return credits;
}

/** Every user has what was paid in, less the price of what was delivered: to the sun. */
async function balanceBreaks(
  world: World,
  em: EntityManager,
  orders: readonly OrderEnd[],
  credits: ReadonlyMap<string, bigint>,
): Promise<string[]> {
  const rows = await query<{
    telegram_id: bigint;
    code: string;
    asset: string;
    balance: bigint;
  }>(
    em,
    `select u.telegram_id, a.code, a.asset, a.balance
     from ledger_accounts a join users u on u.id = a.user_id`,
  );
  return world.users.flatMap(({ telegramId, fundsSun }, place) => {
    const own = rows.filter((row) => row.telegram_id === telegramId);
    const spent = orders
      .filter((order) => order.telegram_id === telegramId && order.state === 'COMPLETED')
      .reduce((total, order) => total + order.price_sun, 0n);
    const balance = (code: string, asset = 'TRX'): bigint =>
      own.find((row) => row.code === code && row.asset === asset)?.balance ?? 0n;
    const paid = credits.get(`${place} TRX`) ?? 0n;
    const paidUsdt = credits.get(`${place} USDT`) ?? 0n;
    const breaks: string[] = [];
    if (balance('user.held') !== 0n) breaks.push(`user ${telegramId} has money held for nothing`);
    if (balance('user.available') !== fundsSun + paid - spent) {
      breaks.push(
        `user ${telegramId} has ${balance('user.available')} sun, not ${fundsSun + paid - spent}`,
      );
    }
    if (balance('user.available', 'USDT') !== paidUsdt) {
      breaks.push(
        `user ${telegramId} has ${balance('user.available', 'USDT')} micro-USDT, not ${paidUsdt}`,
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
