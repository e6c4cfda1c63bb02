import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { readSettings } from '../settings/read-settings.ts';
import { DELIVER } from './order-purposes.ts';
import { heldOrders, releaseHeld } from './held-transfers.ts';

/**
 * Fails the orders that lost a slice, once nothing of them is undecided on the chain: each of their
 * delegations is solid, or proved that it never happens. What was delivered of them is taken back,
 * and, unless people shall decide, the whole price returned, in this transaction.
 * @param undeliverable those of them whose receiver no wallet can deliver to
 */
export async function concludeOrders(
  em: EntityManager,
  orderIds: readonly string[],
  undeliverable: readonly string[] = [],
): Promise<void> {
  const failing = await query<{ id: string }>(
    em,
    `select o.id from orders o
     where o.id = any($1::uuid[]) and o.state in ('PENDING', 'PROCESSING')
       and exists (select from order_slices s where s.order_id = o.id and s.state = 'DROPPED')
       and not exists (
         select from order_slices s join chain_operations c on c.reference = s.id and c.purpose = $2
         where s.order_id = o.id and c.state in ('INTENDED', 'ATTEMPTING', 'INCLUDED'))`,
    [orderIds, DELIVER],
  );
  if (failing.length === 0) return;
  const ids = failing.map(({ id }) => id);
  await because(
    em,
    ids.every((id) => undeliverable.includes(id))
      ? 'nobody can deliver to the receiver'
      : 'not delivered before its deadline',
  );
  await query(
    em,
    `update orders
     set state = 'FAILED', failed_at = desk_now(), updated_at = desk_now(),
         failure_code = case when id = any($2::uuid[]) then 'BAD_ADDRESS' else 'DELIVERY_TIMED_OUT' end,
         failure_message = case when id = any($2::uuid[])
           then 'The receiver cannot be given Energy: it became a contract, or it does not exist on the chain.'
           else 'The Energy could not be delivered in time.' end
     where id = any($1::uuid[])`,
    [ids, undeliverable],
  );
  await query(
    em,
    `update rentals set ends_at = starts_at where order_id = any($1::uuid[]) and state = 'ACTIVE'`,
    [ids],
  );
  const { values } = await readSettings(em);
  if (values['orders.refundAutomatically']) await refundOrders(em, ids);
}

/** FAILED or CANCELLED orders become REFUNDED in the transaction that returns their money. */
export async function refundOrders(
  em: EntityManager,
  orderIds: readonly string[],
  cause = 'price returned',
): Promise<void> {
  await because(em, cause);
  await query(
    em,
    `update orders set state = 'REFUNDED', refunded_at = desk_now(), updated_at = desk_now()
     where id = any($1::uuid[])`,
    [orderIds],
  );
  await releaseHeld(em, system('refund'), await heldOrders(em, orderIds));
}
