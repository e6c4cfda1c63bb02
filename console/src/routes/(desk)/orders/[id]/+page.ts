import { OrderPage } from '#lib/orders/order-page.ts';

/** One order by its id. */
export function load({ params }: { params: { id: string } }): { order: OrderPage } {
  return { order: new OrderPage(params.id) };
}
