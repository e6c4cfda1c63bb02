import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { countOrders, listOrders, type OrderConditions, type OrderSort } from './list-orders.ts';
import { OrderConnection, OrderSortEnum } from './order.graphql.ts';
import { OrderFilter } from './order-input.graphql.ts';
import type { OrderRow } from './order-rows.ts';

const NEWEST_FIRST: OrderSort = 'PLACED_AT_DESC';

@Resolver(() => OrderConnection)
export class OrderConnectionResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => OrderConnection, { description: 'Orders; an API key sees its own.' })
  orders(
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which; all unless told.' })
    filter: OrderFilter | null | undefined,
    @Arg('orderBy', () => OrderSortEnum, {
      nullable: true,
      defaultValue: NEWEST_FIRST,
      description: 'In which order.',
    })
    orderBy: OrderSort | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
    @Ctx() { caller }: DeskContext,
  ): Promise<OrderConnection> {
    const conditions = { ...filter, clientId: clientScope(caller) };
    return orderPage(this.#database, conditions, { sort: orderBy ?? NEWEST_FIRST, first, after });
  }

  @FieldResolver(() => Int, {
    description: 'How many orders the filter finds; exact up to 10,000, and 10,000 beyond.',
  })
  totalCount(@Root() { conditions }: OrderConnection): Promise<number> {
    return countOrders(this.#database.read(), conditions);
  }
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
