import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { ErrorCode } from '../kernel/error-code.ts';
import type { OrderState } from './order-states.ts';

/** An order as it is shown, without its reasons (`order-reasons.ts`); amounts in sun. */
export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly userId: string;
  /** The API client that placed it and to which alone, of all API clients, it is shown. */
  readonly clientId: string | null;
  readonly clientOrderId: string;
  readonly resource: 'ENERGY' | 'BANDWIDTH';
  readonly energy: bigint;
  readonly duration: string;
  readonly durationSeconds: number;
  readonly receiver: string;
  readonly state: OrderState;
  readonly priceSun: bigint;
  readonly pricePerEnergy: string;
  /** How the price came about, where that is known without being read: of an order that was placed just now. */
  readonly explanation?: string;
  readonly failureCode: ErrorCode | null;
  readonly failureMessage: string | null;
  readonly placedByText: string;
  readonly placedAt: Date;
  /** `placedAt` with its microseconds, which a Date loses: for cursors. */
  readonly placedAtText: string;
  readonly deadlineAt: Date;
  readonly processingAt: Date | null;
  readonly completedAt: Date | null;
  readonly failedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly refundedAt: Date | null;
  readonly rentalEndsAt: Date | null;
  readonly updatedAt: Date;
}

/** Select list of an {@link OrderRow} from `orders o`; the caller adds conditions. */
export const SELECT_ORDERS = `
  select o.id, o.number, o.user_id as "userId", o.client_id as "clientId",
         o.client_order_id as "clientOrderId", o.resource, o.energy, o.duration,
         o.duration_seconds as "durationSeconds", o.receiver, o.state, o.price_sun as "priceSun",
         o.price_per_energy as "pricePerEnergy",
         o.failure_code as "failureCode", o.failure_message as "failureMessage",
         o.placed_by as "placedByText", o.placed_at as "placedAt",
         to_char(o.placed_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "placedAtText",
         o.deadline_at as "deadlineAt", o.processing_at as "processingAt",
         o.completed_at as "completedAt", o.failed_at as "failedAt",
         o.cancelled_at as "cancelledAt", o.refunded_at as "refundedAt",
         o.rental_ends_at as "rentalEndsAt", o.updated_at as "updatedAt"
  from orders o`;

/** The orders with these ids, by id. */
export async function ordersByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, OrderRow>> {
  const rows = await query<OrderRow>(em, `${SELECT_ORDERS} where o.id = any($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The order that a caller placed under its own id; `caller` is `client:<id>` or `operator:<id>`. */
export function orderOfCaller(
  em: EntityManager,
  caller: string,
  clientOrderId: string,
): Promise<OrderRow | undefined> {
  return queryOne<OrderRow>(em, `${SELECT_ORDERS} where o.caller = $1 and o.client_order_id = $2`, [
    caller,
    clientOrderId,
  ]);
}

/** The orders that these ids of slices (and so of rentals and chain operations) belong to, by slice. */
export async function ordersOfSlices(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<Map<string, OrderRow>> {
  const slices = await query<{ id: string; order_id: string }>(
    em,
    'select id, order_id from order_slices where id = any($1::uuid[])',
    [sliceIds],
  );
  const orders = await ordersByIds(
    em,
    slices.map(({ order_id }) => order_id),
  );
  const pairs = slices.flatMap(({ id, order_id }) => {
    const order = orders.get(order_id);
    return order === undefined ? [] : [[id, order] as const];
  });
  return new Map(pairs);
}

/** From an attempt's expiration until the solid chain has passed it, with room for missed slots. */
const PROOF_SECONDS = 90;

/** Where an order's delegations stand on the chain. */
export interface OrderOnChain {
  /** The latest attempt of the first slice that was not dropped. */
  readonly txid: string;
  /** Something was sent that is neither in a block nor proved dead. */
  readonly inDoubt: boolean;
  /** When the oldest attempt that is in doubt was sent first. */
  readonly inDoubtSince: Date | null;
  /** By then each of them has landed or is proved dead. */
  readonly inDoubtUntil: Date | null;
}

/** Only orders for which an attempt was ever made are in the answer. */
export async function ordersOnChain(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<Map<string, OrderOnChain>> {
  const rows = await query<OrderOnChain & { orderId: string }>(
    em,
    `select s.order_id as "orderId",
            (array_agg(a.txid order by s.state = 'DROPPED', s.position, c.id desc, a.number desc))[1]
              as txid,
            bool_or(a.state = 'SENDING') as "inDoubt",
            min(a.sent_at) filter (where a.state = 'SENDING') as "inDoubtSince",
            to_timestamp(max(a.expiration_ms) filter (where a.state = 'SENDING') / 1000.0)
              + make_interval(secs => ${PROOF_SECONDS.toString()}) as "inDoubtUntil"
     from order_slices s
     join chain_operations c on c.reference = s.id and c.kind = 'DELEGATE'
     join attempts a on a.operation_id = c.id
     where s.order_id = any($1::uuid[]) group by s.order_id`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}
