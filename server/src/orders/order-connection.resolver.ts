import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { countOrders, type OrderSort } from './list-orders.ts';
import { OrderConnection, OrderSortEnum } from './order.graphql.ts';
import { OrderFilter } from './order-input.graphql.ts';
import { orderPage } from './order-page.graphql.ts';

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
    const conditions = Object.assign({ clientId: clientScope(caller) }, filter);
    return orderPage(this.#database, conditions, { sort: orderBy ?? NEWEST_FIRST, first, after });
  }

  @FieldResolver(() => Int, {
    description: 'How many orders the filter finds; exact up to 10,000, and 10,000 beyond.',
  })
  totalCount(@Root() { conditions }: OrderConnection): Promise<number> {
    return countOrders(this.#database.read(), conditions);
  }
}
