import { fetchOnce } from '../graphql/client.ts';
import {
  OrderRowsDocument,
  OrdersDocument,
  type OrderRowFragment,
} from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { listen } from '../live/live.ts';
import { belongsTo, type OrderView, toOrderFilter } from './order-view.ts';

const pageSize = 50;

/** The orders of a view, newest first, page by page; read when it begins to follow the desk. */
export class OrderList extends Pages<OrderRowFragment> {
  readonly view: OrderView;

  constructor(view: OrderView) {
    super(
      async (after) => {
        const filter = toOrderFilter(view, Date.now());
        const { orders } = await fetchOnce(OrdersDocument, {
          filter,
          orderBy: 'PLACED_AT_DESC',
          first: pageSize,
          after,
        });
        return pageOf(orders);
      },
      { wait: true },
    );
    this.view = view;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return listen({
      document: OrderRowsDocument,
      variables: {
        filter: this.view.user === undefined ? null : { userId: this.view.user },
      },
      cursorOf: (data) => data.orderChanged.cursor,
      onChange: ({ orderChanged: { order } }) =>
        this.take(order, belongsTo(this.view, order, Date.now())),
      onStart: () => void this.refresh(),
    });
  }
}
