import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDesk, type TestDesk } from './testing/test-desk.ts';
import { waitUntil } from './testing/wait-until.ts';

const PLACE = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { id number state price { amount currency } receiver }
}`;
const ORDER = `query Order($id: ID!) {
  order(id: $id) { state txid rentalEndsAt slices { state wallet { id address } rental { state } } history { to } }
}`;

interface Placed {
  placeOrder: { id: string; state: string };
}
interface Seen {
  order: {
    state: string;
    txid: string;
    slices: { state: string; rental: { state: string } | null; wallet: { address: string } }[];
    history: { to: string }[];
  };
}

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(async () => {
  await desk.stop();
});

/** Energy that an address can use now, as the local network says. */
async function energyOf(address: string): Promise<number> {
  const response = await fetch(`${desk.devnet.url}/wallet/getaccountresource`, {
    method: 'POST',
    body: JSON.stringify({ address, visible: true }),
  });
  const { EnergyLimit } = (await response.json()) as { EnergyLimit?: number };
  return EnergyLimit ?? 0;
}

describe('the desk', () => {
  it('takes an order over GraphQL, brings the Energy, and takes it back', async () => {
    const bot = desk.bot();
    const receiver = await desk.address();
    const input = {
      clientOrderId: 'first',
      user: { telegramId: desk.seeded.demoUser.telegramId },
      energy: '65000',
      duration: '1m',
      receiver,
    };
    const { placeOrder } = await bot.request<Placed>(PLACE, { input });
    expect(placeOrder).toMatchObject({ state: 'PENDING', receiver });
    const again = await bot.request<Placed>(PLACE, { input });
    expect(again.placeOrder.id).toBe(placeOrder.id);

    const look = async (): Promise<Seen['order']> =>
      (await bot.request<Seen>(ORDER, { id: placeOrder.id })).order;
    await waitUntil('the order is delivered', async () => (await look()).state === 'COMPLETED');
    expect(await energyOf(receiver)).toBeGreaterThanOrEqual(65_000);
    await waitUntil(
      'the rental runs',
      async () => (await look()).slices[0]?.rental?.state === 'ACTIVE',
    );
    await desk.expectBooksAndChainAgree();

    await desk.control('advance', { ms: 60_000 });
    await waitUntil(
      'it is taken back',
      async () => (await look()).slices[0]?.rental?.state === 'RECLAIMED',
    );
    expect(await energyOf(receiver)).toBe(0);
    expect((await look()).history.map(({ to }) => to)).toEqual([
      'PENDING',
      'PROCESSING',
      'COMPLETED',
    ]);
    await desk.expectBooksAndChainAgree();
  });
});
