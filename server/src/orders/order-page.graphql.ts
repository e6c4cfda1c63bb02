import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { listOrders, type OrderConditions, type OrderSort } from './list-orders.ts';
import type { OrderRow } from './order-rows.ts';
import type { OrderConnection } from './order.graphql.ts';

/** One page of orders as a connection. @throws BadInput for a bad page size or cursor */
export async function orderPage(
  database: Database,
  conditions: OrderConditions,
  page: {
    readonly sort: OrderSort;
    readonly first: number;
    readonly after: string | null | undefined;
  },
): Promise<OrderConnection> {
  const size = pageSize(page.first);
  const [placedAtText, id] = decodeCursor(page.after, 2) ?? [];
  if (placedAtText !== undefined && !(isUuid(id ?? '') && MOMENT.test(placedAtText))) {
    throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
      field: 'after',
    });
  }
  const rows = await listOrders(database.read(), conditions, {
    sort: page.sort,
    first: size,
    after: placedAtText !== undefined && id !== undefined ? { placedAtText, id } : null,
  });
  return { ...connectionOf(rows, size, cursorOf, page.after), conditions };
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

function cursorOf({ placedAtText, id }: OrderRow): string {
  return encodeCursor(placedAtText, id);
}
