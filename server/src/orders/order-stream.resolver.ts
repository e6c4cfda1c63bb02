import DataLoader from 'dataloader';
import { Arg, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { type DeskEvent, formatCursor, parseCursor } from '../events/event.ts';
import { SharedReads } from '../events/shared-reads.ts';
import { AfterCursor } from '../graphql/change-stream.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { OrderStreamFilter } from './order-input.graphql.ts';
import { type OrderRow, ordersByIds } from './order-rows.ts';
import { Order, OrderChange } from './order.graphql.ts';

const MAX_IDS = 200;

interface Change {
  readonly cursor: string;
  readonly event: DeskEvent;
}

interface Wanted {
  readonly filter?: OrderStreamFilter | null;
  readonly after?: string | null;
}

@Resolver(() => OrderChange)
export class OrderStreamResolver {
  readonly #orders: SharedReads<OrderRow>;

  constructor(database: Database) {
    // What is told together is read together; what was read is not kept here.
    const loader = new DataLoader<string, OrderRow>(
      async (ids) => {
        const orders = await ordersByIds(database.read(), [...new Set(ids)]);
        return ids.map((id) => present(orders.get(id), 'order of the event'));
      },
      { cache: false },
    );
    this.#orders = new SharedReads(({ subjectId }) => loader.load(subjectId));
  }

  @Subscription(() => OrderChange, {
    description:
      'Each change of an order as it happens; an API key hears of its own orders. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: ({ args, context }: { args: Wanted; context: DeskContext }) =>
      changes(args, context),
  })
  orderChanged(
    @Root() event: DeskEvent,
    @Arg('filter', () => OrderStreamFilter, {
      nullable: true,
      description: 'Which; all unless told.',
    })
    _filter?: OrderStreamFilter | null,
    @AfterCursor() _after?: string | null,
  ): Change {
    return { cursor: formatCursor(event.cursor), event };
  }

  @FieldResolver(() => Order, {
    description: 'The order as it is now: as new as the change, or newer.',
  })
  order(@Root() { event }: Change): Promise<OrderRow> {
    return this.#orders.of(event);
  }
}

function changes(
  { filter, after }: Wanted,
  { caller, feed, signal }: DeskContext,
): AsyncIterable<DeskEvent> {
  const ids = filter?.ids ?? undefined;
  if (ids && (ids.length > MAX_IDS || !ids.every(isUuid))) {
    throw new BadInput(`Name up to ${MAX_IDS} orders by their ids.`, { field: 'filter.ids' });
  }
  const userId = filter?.userId ?? undefined;
  if (userId !== undefined && !isUuid(userId)) {
    throw new BadInput('A user id is a UUID, as the desk gave it.', { field: 'filter.userId' });
  }
  const states = filter?.states?.map((state) => `order.${state.toLowerCase()}`);
  return feed.subscribe({
    kinds: states ?? ['order.*'],
    subjectIds: ids?.map((id) => id.toLowerCase()),
    userId: userId?.toLowerCase(),
    clientId: clientScope(caller),
    ...(after && { after: parseCursor(after) }),
    signal,
  });
}
