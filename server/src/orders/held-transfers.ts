import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';

interface HeldOrder {
  id: string;
  user_id: string;
  price_sun: bigint;
}

/** The money held for orders becomes the desk's. Once per order, for ever. */
export async function captureHeld(
  em: EntityManager,
  actor: Actor,
  orders: readonly HeldOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const revenue = await systemAccount(em, 'desk.revenue.energy', 'TRX');
  await moveHeld(em, actor, 'order.revenue', orders, () => revenue);
}

/** The money held for orders goes back to their users. Once per order, for ever. */
export async function releaseHeld(
  em: EntityManager,
  actor: Actor,
  orders: readonly HeldOrder[],
): Promise<void> {
  await moveHeld(em, actor, 'order.refund', orders, (available) => available);
}

/** What the transfers need of these orders. */
export function heldOrders(em: EntityManager, orderIds: readonly string[]): Promise<HeldOrder[]> {
  return query<HeldOrder>(
    em,
    'select id, user_id, price_sun from orders where id = any($1::uuid[]) order by id',
    [orderIds],
  );
}

async function moveHeld(
  em: EntityManager,
  actor: Actor,
  kind: string,
  orders: readonly HeldOrder[],
  to: (available: bigint) => bigint,
): Promise<void> {
  if (orders.length === 0) return;
  const accounts = await userAccounts(
    em,
    orders.map(({ user_id }) => user_id),
    'TRX',
    { lock: false },
  );
  await postTransfers(
    em,
    actor,
    orders.map(({ id, user_id, price_sun }) => {
      const { available, held } = present(accounts.get(user_id), 'accounts of the user');
      return {
        kind,
        reference: id,
        postings: [
          { account: held.id, amount: -price_sun },
          { account: to(available.id), amount: price_sun },
        ],
      };
    }),
  );
}
