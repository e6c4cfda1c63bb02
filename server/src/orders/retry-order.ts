import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { IllegalState, NotFound } from '../kernel/domain-error.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Address } from '../chain/address.ts';
import { allocate, deliverableEnergy } from '../capacity/allocate.ts';
import { lockSellingWallets } from '../capacity/capacity.ts';
import { allocationTerms, reserveOf } from '../capacity/kept-back.ts';
import { addSlices } from './add-slices.ts';
import { refundOrders } from './conclude-orders.ts';
import { InsufficientStock } from './order-placing.errors.ts';
import type { OrderState } from './order-states.ts';
import type { ReplacingParts } from './replace-slices.ts';
import { appendChoices } from './wallet-choices.ts';

export interface Decision {
  readonly orderId: string;
  readonly reason: string;
}

interface FailedOrder {
  id: string;
  state: OrderState;
  energy: bigint;
  receiver: Address;
  positions: number;
}

/**
 * Tries an order again that failed and was not refunded: with new wallets, a new deadline, at the
 * price it was placed for. One that is on its way already is left as it is.
 * @throws NotFound, IllegalState, InsufficientStock
 */
export async function retryOrder(
  em: EntityManager,
  { orderId, reason }: Decision,
  { ids, ratio }: ReplacingParts,
): Promise<void> {
  const order = await lockOrder(em, orderId);
  if (order.state === 'PENDING' || order.state === 'PROCESSING') return;
  if (order.state !== 'FAILED') throw notFailed(order.state, 'tried again');
  const { values } = await readSettings(em);
  const terms = allocationTerms(values, ratio());
  const wallets = await lockSellingWallets(em, reserveOf(values));
  const allocation = allocate(order.energy, wallets, terms);
  if (!allocation)
    throw new InsufficientStock(order.energy, deliverableEnergy(wallets, terms), null);
  await because(em, reason);
  // What was delivered before it failed is being taken back and does not count any more.
  await query(
    em,
    `update order_slices set state = 'DROPPED' where order_id = $1 and state <> 'DROPPED'`,
    [orderId],
  );
  const [renewed] = await query<{ deadline_at: Date }>(
    em,
    `update orders
     set state = 'PENDING', deadline_at = desk_now() + make_interval(secs => $2),
         processing_at = null, failed_at = null, failure_code = null, failure_message = null,
         updated_at = desk_now()
     where id = $1 returning deadline_at`,
    [orderId, values['orders.deliverySeconds']],
  );
  await addSlices(
    em,
    ids,
    [
      {
        orderId,
        receiver: order.receiver,
        deadlineAt: present(renewed, 'order').deadline_at,
        firstPosition: order.positions + 1,
        shares: allocation.shares,
      },
    ],
    wallets,
  );
  await appendChoices(em, [{ orderId, choice: allocation.choice }], 'TRIED_AGAIN');
}

/**
 * Returns the price of an order that failed. One that was refunded already is left as it is.
 * @throws NotFound, IllegalState
 */
export async function refundOrder(em: EntityManager, { orderId, reason }: Decision): Promise<void> {
  const order = await lockOrder(em, orderId);
  if (order.state === 'REFUNDED') return;
  if (order.state !== 'FAILED') throw notFailed(order.state, 'refunded');
  await refundOrders(em, [orderId], reason);
}

async function lockOrder(em: EntityManager, orderId: string): Promise<FailedOrder> {
  const order = await queryOne<FailedOrder>(
    em,
    `select o.id, o.state, o.energy, o.receiver,
            (select max(position) from order_slices where order_id = o.id) as positions
     from orders o where o.id = $1 for no key update of o`,
    [orderId],
  );
  if (!order) throw new NotFound('There is no such order.', { field: 'input.orderId' });
  return order;
}

function notFailed(state: OrderState, what: string): IllegalState {
  return new IllegalState(`Only an order that failed can be ${what}; this one is ${state}.`, {
    field: 'input.orderId',
    details: { state },
  });
}
