import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';

/** Tells the live views that something of these orders moved below the order's own state. */
export async function announceProgress(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const orders = await query<{ id: string; user_id: string; client_id: string | null }>(
    em,
    OF_WHOM,
    [orderIds],
  );
  await recordEvents(
    em,
    orders.map(({ id, user_id, client_id }) => ({
      kind: 'order.progress',
      subjectKind: 'order',
      subjectId: id,
      userId: user_id,
      clientId: client_id,
    })),
  );
}

const OF_WHOM = prepared(
  'select id, user_id, client_id from orders where id = any($1::uuid[]) order by id',
);
