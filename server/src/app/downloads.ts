import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { databaseTime } from '../database/database-time.ts';
import type { DeskContext } from '../graphql/context.ts';
import type { Download, OpenDownload } from '../graphql/downloads.ts';
import { exportOrders } from '../orders/export-orders.ts';
import type { OrderConditions, OrderSort } from '../orders/list-orders.ts';
import { orderRules } from '../orders/order.rules.ts';
import { present } from '../kernel/assert.ts';

/** The files that the desk answers with, by path. */
export function makeDownloads(database: Database): Readonly<Record<string, Download>> {
  return {
    '/export/orders.csv': {
      rule: present(orderRules.Query?.['orders'], 'rule of the list'),
      variables: '($filter: OrderFilter, $orderBy: OrderSort = PLACED_AT_DESC)',
      open: (variables, context) => openOrders(database, variables, context),
    },
  };
}

async function openOrders(
  database: Database,
  variables: Readonly<Record<string, unknown>>,
  { caller, actor, audit }: DeskContext,
): Promise<OpenDownload> {
  const filter = (variables['filter'] ?? {}) as OrderConditions;
  const sort = (variables['orderBy'] ?? 'PLACED_AT_DESC') as OrderSort;
  const asked = { filter, orderBy: sort };
  const until = await database.transaction(actor, async (em) => {
    await audit.record(em, 'order.export', undefined, asked);
    return databaseTime(em);
  });
  let rows = 0;
  const pieces = exportOrders(database, {
    conditions: Object.assign({ clientId: clientScope(caller) }, filter),
    sort,
    until,
    title: `Orders placed before ${until.toISOString()}, ${JSON.stringify(asked)}`,
    onRows: (count) => void (rows += count),
  });
  const ended = (whole: boolean): Promise<void> =>
    database.transaction(actor, (em) =>
      audit.record(em, 'order.export.end', undefined, { rows, whole }),
    );
  return {
    contentType: 'text/csv; charset=utf-8',
    fileName: `orders-${until.toISOString().slice(0, 16).replace(':', '')}Z.csv`,
    pieces: told(pieces, ended),
  };
}

/** The pieces, and afterwards word of whether all of them were taken. */
async function* told(
  pieces: AsyncGenerator<string>,
  ended: (whole: boolean) => Promise<void>,
): AsyncGenerator<string> {
  let whole = false;
  try {
    yield* pieces;
    whole = true;
  } finally {
    await ended(whole);
  }
}
