import type { TestDesk } from '../../server/src/testing/test-desk.ts';
import { waitUntil } from '../../server/src/testing/wait-until.ts';

const place = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { id number receiver }
}`;

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly receiver: string;
}

let made = 0;

/** The demo user orders Energy through the bot. */
export async function placeOrder(desk: TestDesk, duration = '1h'): Promise<PlacedOrder> {
  made += 1;
  const { placeOrder: order } = await desk.bot().request<{ placeOrder: PlacedOrder }>(place, {
    input: {
      clientOrderId: `console-${made.toString()}`,
      user: { telegramId: desk.seeded.demoUser.telegramId },
      energy: '65000',
      duration,
      receiver: await desk.address(),
    },
  });
  return order;
}

/** Waits until the chain has the order's Energy. */
export async function delivered(desk: TestDesk, order: PlacedOrder): Promise<void> {
  await waitUntil('the order is delivered', async () => {
    const answer = await desk
      .bot()
      .request<{ order: { state: string } }>(`query State($id: ID!) { order(id: $id) { state } }`, {
        id: order.id,
      });
    return answer.order.state === 'COMPLETED';
  });
}
