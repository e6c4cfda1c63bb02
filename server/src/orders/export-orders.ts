import { stringify } from 'csv-stringify/sync';
import type { Database } from '../database/database.ts';
import { formatAmount } from '../kernel/money.ts';
import {
  listOrders,
  type OrderConditions,
  type OrderCursor,
  type OrderPage,
  type OrderSort,
} from './list-orders.ts';
import type { OrderRow } from './order-rows.ts';

/** Few enough that writing them down holds up nobody. */
const PAGE_ROWS = 200;

const COLUMNS: Readonly<Record<string, (order: OrderRow) => string | null>> = {
  number: ({ number }) => number,
  id: ({ id }) => id,
  client_order_id: ({ clientOrderId }) => clientOrderId,
  placed_at: ({ placedAt }) => moment(placedAt),
  placed_by: ({ placedByText }) => placedByText,
  user_id: ({ userId }) => userId,
  state: ({ state }) => state,
  resource: ({ resource }) => resource,
  energy: ({ energy }) => energy.toString(),
  duration: ({ duration }) => duration,
  receiver: ({ receiver }) => receiver,
  price_trx: ({ priceSun }) => formatAmount(priceSun),
  price_per_energy_sun: ({ pricePerEnergy }) => pricePerEnergy,
  completed_at: ({ completedAt }) => moment(completedAt),
  rental_ends_at: ({ rentalEndsAt }) => moment(rentalEndsAt),
  failed_at: ({ failedAt }) => moment(failedAt),
  failure: ({ failureCode }) => failureCode,
  cancelled_at: ({ cancelledAt }) => moment(cancelledAt),
  refunded_at: ({ refundedAt }) => moment(refundedAt),
};

export interface OrderExport {
  readonly conditions: OrderConditions;
  readonly sort: OrderSort;
  /** Orders placed from this moment on are left out: the file has an end. */
  readonly until: Date;
  /** The first line of the file: what it holds. */
  readonly title: string;
  /** Hears of every page that was taken. */
  readonly onRows: (count: number) => void;
  /** Rows read at once. */
  readonly pageRows?: number;
}

/** All orders that fulfil the conditions as CSV, a page of the list at a time. */
export async function* exportOrders(
  database: Database,
  { conditions, sort, until, title, onRows, pageRows = PAGE_ROWS }: OrderExport,
): AsyncGenerator<string> {
  const { placedTo } = conditions;
  const bounded = { ...conditions, placedTo: placedTo && placedTo < until ? placedTo : until };
  let head = lines([[title], Object.keys(COLUMNS)], true);
  let after: OrderCursor | null = null;
  do {
    const page: Page = await readPage(database, bounded, { sort, first: pageRows, after });
    yield head + page.text;
    onRows(page.count);
    head = '';
    after = page.next;
  } while (after !== null);
}

interface Page {
  readonly text: string;
  readonly count: number;
  /** Where the next one begins; null after the last. */
  readonly next: OrderCursor | null;
}

/** Only the text outlives it: a file may be taken slowly, and rows are many times as large. */
async function readPage(
  database: Database,
  conditions: OrderConditions,
  page: OrderPage,
): Promise<Page> {
  const found = await listOrders(database.read(), conditions, page);
  const rows = found.slice(0, page.first);
  const last = rows.at(-1);
  const more = found.length > rows.length;
  return {
    text: lines(rows.map((order) => Object.values(COLUMNS).map((cell) => cell(order)))),
    count: rows.length,
    next: more && last ? { placedAtText: last.placedAtText, id: last.id } : null,
  };
}

/** A spreadsheet must neither guess the encoding nor run a cell that somebody else wrote. */
function lines(rows: readonly (readonly (string | null)[])[], first = false): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: first, escape_formulas: true, record_delimiter: 'windows' },
  );
}

function moment(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
