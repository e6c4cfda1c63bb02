import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { DETAIL, idsOf, OrdersOfEveryState } from '../testing/orders-of-every-state.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let bot: GraphqlCaller;
let every: OrdersOfEveryState;

beforeAll(async () => {
  every = await OrdersOfEveryState.start();
  ({ desk } = every);
  operator = await desk.operator('SUPPORT');
  bot = await desk.client('BOT');
});
afterAll(() => desk.stop());

describe('an API client', () => {
  it('sees its own orders alone, whichever way it comes to them', async () => {
    const own = await desk.make.order({
      user: every.user,
      wallets: every.wallets,
      clientId: bot.id,
      clientOrderId: 'mine-1',
    });
    const foreign = every.order('PENDING');
    expect(await idsOf(bot, {})).toEqual([own.id]);
    expect(await idsOf(bot, { filter: { search: foreign.id } })).toEqual([]);
    expect(await bot.request(DETAIL, { id: foreign.id })).toEqual({ order: null });
    expect(await bot.request('{ order(clientOrderId: "mine-1") { id } }')).toEqual({
      order: { id: own.id },
    });
    expect(await operator.request('{ order(clientOrderId: "mine-1") { id } }')).toEqual({
      order: null,
    });
    const viaUser = await bot.request(
      `{ user(ref: { telegramId: "7000123456" }) { orders { totalCount edges { node { id } } } } }`,
    );
    expect(viaUser).toEqual({
      user: { orders: { totalCount: 1, edges: [{ node: { id: own.id } }] } },
    });
    const viaStatement = await bot.request<{
      statement: { edges: { node: { order: unknown } }[] };
    }>(
      `{ statement(input: { user: { telegramId: "7000123456" } }) { edges { node { order { id } } } } }`,
    );
    const orders = viaStatement.statement.edges.map(({ node }) => node.order).filter(Boolean);
    expect(orders).toEqual([{ id: own.id }]);
  });

  it('cannot cancel what is not its own', async () => {
    const cancel = `mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { state } }`;
    expect(await bot.refusal(cancel, { id: every.order('PENDING').id })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.orderId',
    });
  });
});
