import { OrderList } from '#lib/orders/order-list.ts';
import { type OrderView, readOrderView } from '#lib/orders/order-view.ts';
import { Query } from '#lib/graphql/query.svelte.ts';
import { OrderOfferDocument, type OrderOfferQuery } from '#lib/graphql/generated/graphql.ts';
import type { Asked } from '#lib/graphql/query.svelte.ts';

type Data = { view: OrderView; list: OrderList; offer: Asked<OrderOfferQuery> };

/** The view is in the URL, so that it can be shared and gone back to. */
export function load({ url }: { url: URL }): Data {
  const view = readOrderView(url.searchParams);
  return { view, list: new OrderList(view), offer: new Query(OrderOfferDocument, {}) };
}
