import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { startTestDesk, type TestDesk } from '../testing/test-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { id } }`;
const STATE = `{ safeMode { mode checks { name holds } } differences { edges { node { kind receiver } } }
  wallets { drift { chain books difference } } orders { edges { node { state } } } }`;

interface State {
  safeMode: { mode: string; checks: { name: string; holds: boolean }[] };
  differences: { edges: { node: object }[] };
  wallets: { drift: { chain: string; difference: string } | null }[];
  orders: { edges: { node: { state: string } }[] };
}

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(() => desk.stop());

it('compares and checks by itself while the house delivers, and finds nothing', async () => {
  const actor = system('test');
  await desk.app.database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('inspection.everySeconds', 1)], 'a test has no time'),
  );
  const bot = desk.bot();
  const operator = await desk.operator('OPERATOR');
  const passes = async (): Promise<bigint> => {
    const [row] = await query<{ passes: bigint }>(
      desk.app.database.read(),
      'select coalesce(min(coalesce(i.passes, 0)), 0) as passes from wallets w left join wallet_inspections i on i.wallet_id = w.id',
    );
    return row?.passes ?? 0n;
  };
  for (let made = 0; made < 5; made += 1) {
    await bot.request(PLACE, {
      input: {
        clientOrderId: `order-${made.toString()}`,
        user: { telegramId: desk.seeded.demoUser.telegramId },
        energy: '65000',
        // Long enough to be out still when its wallet's turn to be compared comes, on a busy machine too.
        duration: '1h',
        receiver: await desk.address(),
      },
    });
  }
  await waitUntil('all is delivered and something of it is captured', async () => {
    const { orders, wallets } = await operator.request<State>(STATE);
    const isOut = wallets.some(({ drift }) => drift !== null && drift.chain !== '0');
    return orders.edges.every(({ node }) => node.state === 'COMPLETED') && isOut;
  });
  const before = await passes();
  await waitUntil('every wallet was compared once more', async () => (await passes()) > before);
  const state = await operator.request<State>(STATE);
  expect(state.differences.edges).toEqual([]);
  expect(state.wallets.map(({ drift }) => drift?.difference)).toEqual(state.wallets.map(() => '0'));
  expect(state.safeMode.mode).toBe('ACCEPT');
  expect(state.safeMode.checks).toEqual(
    ['BOOKS', 'DRIFT', 'NODES', 'REFUNDS'].map((name) => ({ name, holds: true })),
  );
});
