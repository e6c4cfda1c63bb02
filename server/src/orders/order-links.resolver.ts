import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { isUuid } from '../kernel/ids.ts';
import { LedgerEntry } from '../ledger/ledger.graphql.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import { User } from '../users/user.graphql.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import { OrderFilter } from './order-input.graphql.ts';
import { decodeMoment, orderPage, visibleOrder } from './order-page.graphql.ts';
import type { OrderRow } from './order-rows.ts';
import type { RentalState } from './order-states.ts';
import { Order, OrderConnection } from './order.graphql.ts';
import { RentalConnection, RentalStateEnum } from './slice.graphql.ts';
import { rentalsOfWallet } from './slice-rows.ts';

@Resolver(() => ChainOperation)
export class OperationOrderResolver {
  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order that it delivers, or takes back.',
  })
  async order(
    @Root() { reference }: ChainOperation,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow | null> {
    return visibleOrder(await context.loaders.orderOfSlice.load(reference), context);
  }
}

@Resolver(() => LedgerEntry)
export class EntryOrderResolver {
  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order that it was for; null when it was for something else.',
  })
  async order(
    @Root() { reference }: LedgerEntry,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow | null> {
    if (!isUuid(reference)) return null;
    return visibleOrder(await context.loaders.order.load(reference), context);
  }
}

@Resolver(() => User)
export class UserOrdersResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @FieldResolver(() => OrderConnection, {
    description: 'The user’s orders, the newest first; an API key sees its own.',
  })
  orders(
    @Root() { id }: User,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which; all unless told.' })
    filter: OrderFilter | null | undefined,
    @Ctx() { caller }: DeskContext,
  ): Promise<OrderConnection> {
    const conditions = Object.assign({}, filter, { userId: id, clientId: clientScope(caller) });
    return orderPage(this.#database, conditions, { sort: 'PLACED_AT_DESC', first, after });
  }
}

@Resolver(() => Wallet)
export class WalletRentalsResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @FieldResolver(() => RentalConnection, {
    description: 'What it has rented out, the last to end first.',
  })
  async rentals(
    @Root() { id }: Wallet,
    @Arg('state', () => RentalStateEnum, { nullable: true, description: 'In this state only.' })
    state: RentalState | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<RentalConnection> {
    const size = pageSize(first);
    const last = decodeMoment(after);
    const rows = await rentalsOfWallet(this.#database.read(), id, {
      state: state ?? null,
      first: size,
      after: last && { endsAtText: last.moment, id: last.id },
    });
    return connectionOf(rows, size, (row) => encodeCursor(row.endsAtText, row.id), after);
  }
}
