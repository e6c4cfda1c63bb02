import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { captureHeld, heldOrders } from './held-transfers.ts';

/** Orders whose whole Energy is delegated in solid blocks are earned. */
export async function recogniseRevenue(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<void> {
  const earned = await query<{ id: string }>(
    em,
    `update orders o set revenue_at = desk_now(), updated_at = desk_now()
     where o.id = any($1::uuid[]) and o.state = 'COMPLETED' and o.revenue_at is null
       and (select sum(r.energy) from rentals r join order_slices s on s.id = r.id
            where r.order_id = o.id and s.state = 'DELIVERED') = o.energy
     returning id`,
    [orderIds],
  );
  const orders = await heldOrders(
    em,
    earned.map(({ id }) => id),
  );
  await captureHeld(em, system('delivery'), orders);
}
