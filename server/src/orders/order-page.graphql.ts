import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { listOrders, type OrderConditions, type OrderSort } from './list-orders.ts';
import type { OrderRow } from './order-rows.ts';
import type { OrderConnection } from './order.graphql.ts';

/** The order, unless it is another API client's. */
export function visibleOrder(order: OrderRow | null, { caller }: DeskContext): OrderRow | null {
  const scope = clientScope(caller);
  return scope === undefined || order?.clientId === scope ? order : null;
}

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
  const last = decodeMoment(page.after);
  const rows = await listOrders(database.read(), conditions, {
    sort: page.sort,
    first: size,
    after: last && { placedAtText: last.moment, id: last.id },
  });
  const cursorOf = ({ placedAtText, id }: OrderRow): string => encodeCursor(placedAtText, id);
  return { ...connectionOf(rows, size, cursorOf, page.after), conditions };
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * Reads the cursor of a list that is sorted by a moment, exact to the microsecond, and an id.
 * @throws BadInput when it is none
 */
export function decodeMoment(
  cursor: string | null | undefined,
): { readonly moment: string; readonly id: string } | null {
  const parts = decodeCursor(cursor, 2);
  if (parts === undefined) return null;
  const [moment = '', id = ''] = parts;
  if (!MOMENT.test(moment) || Number.isNaN(Date.parse(moment)) || !isUuid(id)) {
    throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
      field: 'after',
    });
  }
  return { moment, id };
}
