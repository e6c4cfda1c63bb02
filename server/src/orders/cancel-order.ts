import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { NotFound } from '../kernel/domain-error.ts';
import { cancelUnsentOperations } from '../operations/cancel-operations.ts';
import { releaseCapacity } from '../capacity/capacity.ts';
import { refundOrders } from './conclude-orders.ts';
import { DELIVER } from './order-purposes.ts';
import { OrderNotCancellable } from './order-placing.errors.ts';

export interface CancelOrderCommand {
  readonly orderId: string;
  /** The API client to whose orders this is confined; null for operators. */
  readonly clientId: string | null;
  readonly reason: string | null;
}

/**
 * Calls an order back before any byte of it has left, and returns its price. An order that was
 * cancelled already is left as it is.
 * @throws NotFound, OrderNotCancellable
 */
export async function cancelOrder(
  em: EntityManager,
  { orderId, clientId, reason }: CancelOrderCommand,
): Promise<void> {
  const slices = await query<{ id: string }>(
    em,
    `select s.id from order_slices s join orders o on o.id = s.order_id
     where o.id = $1 and ($2::uuid is null or o.client_id = $2) order by s.id`,
    [orderId, clientId],
  );
  if (slices.length === 0)
    throw new NotFound('There is no such order.', { field: 'input.orderId' });
  const sliceIds = slices.map(({ id }) => id);
  await because(em, reason?.trim() || 'cancelled on request');
  // Whoever locks the operations first wins: the engine on its way to SENDING, or this.
  if (!(await cancelUnsentOperations(em, DELIVER, sliceIds))) {
    const order = await queryOne<{ state: string; cancelled_at: Date | null }>(
      em,
      'select state, cancelled_at from orders where id = $1',
      [orderId],
    );
    if (order?.cancelled_at) return;
    throw new OrderNotCancellable(present(order, 'order').state);
  }
  // Between two attempts nothing is on its way either, but the order is no longer only waiting.
  const current = await queryOne<{ state: string }>(
    em,
    'select state from orders where id = $1 for no key update',
    [orderId],
  );
  const { state } = present(current, 'order');
  if (state !== 'PENDING') throw new OrderNotCancellable(state);
  await query(
    em,
    `update orders set state = 'CANCELLED', cancelled_at = desk_now(), updated_at = desk_now() where id = $1`,
    [orderId],
  );
  await query(em, `update order_slices set state = 'DROPPED' where id = any($1::uuid[])`, [
    sliceIds,
  ]);
  await releaseCapacity(em, sliceIds);
  await refundOrders(em, [orderId]);
}
