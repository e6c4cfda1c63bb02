import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';

/** Tells the live views that something of these orders moved below the order's own state. */
export async function announceProgress(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length > 0) await query(em, ANNOUNCE, [orderIds]);
}

/** The same for the orders of these slices. */
export async function announceProgressOf(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<void> {
  await query(em, ANNOUNCE_OF, [sliceIds]);
}

const announce = (which: string): string => `
  insert into events (kind, subject_kind, subject_id, user_id, client_id)
  select 'order.progress', 'order', id, user_id, client_id from orders
  where id ${which} order by id`;

const ANNOUNCE = prepared(announce('= any($1::uuid[])'));

const ANNOUNCE_OF = prepared(
  announce('in (select order_id from order_slices where id = any($1::uuid[]))'),
);
