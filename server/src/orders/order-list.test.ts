import { DefaultQueryExecutor } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import {
  idsOf,
  LIST,
  type OrderPage,
  OrdersOfEveryState,
} from '../testing/orders-of-every-state.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let every: OrdersOfEveryState;

beforeAll(async () => {
  every = await OrdersOfEveryState.start();
  ({ desk } = every);
  operator = await desk.operator('SUPPORT');
});
afterAll(() => desk.stop());

describe('orders', () => {
  it('page through everything in either order without gap or double', async () => {
    const all = await idsOf(operator, { filter: { userId: every.user.id } });
    expect(all).toHaveLength(8);
    expect(all[0]).toBe(every.order('RECLAIMED').id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const { orders }: OrderPage = await operator.request<OrderPage>(LIST, {
        filter: { userId: every.user.id },
        orderBy: 'PLACED_AT_ASC',
        first: 3,
        after,
      });
      seen.push(...orders.edges.map(({ node }) => node.id));
      expect(orders.totalCount).toBe(8);
      expect(orders.pageInfo.hasPreviousPage).toBe(page > 0);
      after = orders.pageInfo.endCursor;
      if (!orders.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(all.toReversed());
  });

  it('page through several states of everybody in one order', async () => {
    const states = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'];
    const each = await Promise.all(
      states.map((state) => idsOf(operator, { filter: { states: [state] } })),
    );
    const wanted = new Set(each.flat());
    expect(wanted.size).toBeGreaterThan(5);
    const all = (await idsOf(operator, {})).filter((id) => wanted.has(id));
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const filter = { states: [...states, 'FAILED'] };
      const { orders }: OrderPage = await operator.request<OrderPage>(LIST, {
        ...{ filter, first: 2, after },
      });
      seen.push(...orders.edges.map(({ node }) => node.id));
      after = orders.pageInfo.endCursor;
      more = orders.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all);
  });

  it('page between orders that were placed in the same microsecond', async () => {
    const twins = await desk.make.user();
    const placedAt = new Date('2026-11-19T10:00:00.123Z');
    const both = [
      await desk.make.order({ user: twins, wallets: every.wallets, placedAt }),
      await desk.make.order({ user: twins, wallets: every.wallets, placedAt }),
    ];
    const filter = { userId: twins.id };
    const { orders } = await operator.request<OrderPage>(LIST, { filter, first: 1 });
    const rest = await idsOf(operator, { filter, first: 1, after: orders.pageInfo.endCursor });
    expect([...orders.edges.map(({ node }) => node.id), ...rest]).toEqual(
      both.map(({ id }) => id).toReversed(),
    );
  });

  it.each([
    [
      'states',
      () => ({ states: ['PENDING', 'PROCESSING'], userId: every.user.id }),
      ['PROCESSING', 'PENDING'],
    ],
    ['wallet', () => ({ walletId: every.wallets[1]?.id, states: ['FAILED'] }), ['FAILED']],
    ['receiver', () => ({ receiver: every.order('FAILED').receiver }), ['FAILED']],
    ['txid', () => ({ txid: every.order('COMPLETED').txids[1]?.toUpperCase() }), ['COMPLETED']],
    ['duration', () => ({ durations: ['1d'] }), []],
    [
      'time',
      () => ({ placedFrom: '2026-11-20T10:00:02Z', placedTo: '2026-11-20T18:00:04+08:00' }),
      ['COMPLETED', 'PROCESSING'],
    ],
    ['no user', () => ({ userId: 'nonsense' }), []],
    ['no state', () => ({ states: [] }), []],
    ['search by id', () => ({ search: ` ${every.order('SOLID').id} ` }), ['SOLID']],
    [
      'search by number',
      () => ({ search: every.order('SOLID').number.toLowerCase().replace('-', '') }),
      ['SOLID'],
    ],
    [
      'search by client order id',
      () => ({ search: every.order('SOLID').clientOrderId }),
      ['SOLID'],
    ],
    ['search by txid', () => ({ search: every.order('SOLID').txids[0] }), ['SOLID']],
    ['search by address', () => ({ search: every.order('SOLID').receiver }), ['SOLID']],
    ['search by Telegram id', () => ({ search: '7000123456', states: ['PENDING'] }), ['PENDING']],
    ['search for nothing there is', () => ({ search: "'; drop table orders; --" }), []],
  ] as const)('find by %s', async (_, filter, expected) => {
    const found = await idsOf(operator, { filter: filter() });
    expect(found).toEqual(expected.map((state) => every.order(state).id));
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 201 }, 'first'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: Buffer.from('["yesterday","x"]').toString('base64url') }, 'after'],
  ])('refuse %j', async (variables, field) => {
    expect(await operator.refusal(LIST, variables)).toMatchObject({ code: 'BAD_INPUT', field });
  });

  it('count exactly up to 10,000', async () => {
    const { countOrders } = await import('./list-orders.ts');
    const em = desk.core.database.read();
    expect(await countOrders(em, { userId: every.user.id })).toBe(8);
    expect(await countOrders(em, { userId: every.user.id, states: ['FAILED'] })).toBe(1);
  });

  it('cost a fixed number of statements however many they are', async () => {
    const many = await desk.make.user();
    for (let count = 0; count < 100; count += 1) {
      const states = ['PENDING', 'PROCESSING', 'COMPLETED', 'REFUNDED'] as const;
      const state = states[count % 4] ?? 'PENDING';
      await desk.make.order({ user: many, wallets: every.wallets, state, solid: true });
    }
    const document = `query ($first: Int!) { orders(filter: { userId: "${many.id}" }, first: $first) {
      totalCount edges { node { id txid inDoubt user { id telegramId balances { available } }
        slices { wallet { id label capacity { free } } rental { id reclaim { id } }
          delegation { id attempts { txid } } }
        history { to } entries { amount } } } } }`;
    const counts: number[] = [];
    for (const first of [4, 100, 50]) {
      const spy = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery');
      const { orders } = await operator.request<OrderPage>(document, { first });
      // The event feed asks for new events meanwhile; who the caller is and settings may be asked anew.
      counts.push(
        spy.mock.calls.filter(([{ sql }]) => !/ events|pg_snapshot| sessions| settings/.test(sql))
          .length,
      );
      spy.mockRestore();
      expect(orders.edges).toHaveLength(first);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBe(14);
  });
});
