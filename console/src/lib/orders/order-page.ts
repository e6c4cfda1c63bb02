import {
  type OrderDetailFragment,
  OrderDocument,
  OrderPageDocument,
  type OrderQuery,
  type OrderQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';

/** One order with all that hangs on it, kept in step with the desk. */
export class OrderPage extends Query<OrderQuery, OrderQueryVariables> {
  readonly id: string;

  constructor(id: string) {
    super(OrderDocument, { id });
    this.id = id;
  }

  /** Follows the order until the result is called. Start it inside an effect. */
  follow(): () => void {
    return listen({
      document: OrderPageDocument,
      variables: { filter: { ids: [this.id] } },
      cursorOf: (data) => data.orderChanged.cursor,
      onChange: ({ orderChanged: { order } }) => this.replace({ order }),
      onStart: () => void this.refresh(),
    });
  }
}

export type OrderSlice = OrderDetailFragment['slices'][number];
