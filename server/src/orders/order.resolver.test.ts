import { DefaultQueryExecutor } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import type { MadeOrder, MadeUser, MadeWallet } from '../testing/factories.ts';
import type { OrderState } from './order-states.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let bot: GraphqlCaller;
let user: MadeUser;
let wallets: MadeWallet[];
const made = new Map<OrderState | 'SOLID' | 'RECLAIMED', MadeOrder>();

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('SUPPORT');
  bot = await desk.client('BOT');
  user = await desk.make.user({ telegramId: '7000123456' });
  wallets = [await desk.make.wallet(), await desk.make.wallet()];
  let placed = Date.parse('2026-11-20T10:00:00Z');
  const next = (): Date => new Date((placed += 1_000));
  for (const state of [
    'PENDING',
    'PROCESSING',
    'COMPLETED',
    'FAILED',
    'CANCELLED',
    'REFUNDED',
  ] as const) {
    made.set(state, await desk.make.order({ user, wallets, state, placedAt: next() }));
  }
  const solid = { user, wallets, state: 'COMPLETED', solid: true } as const;
  made.set('SOLID', await desk.make.order({ ...solid, placedAt: next() }));
  made.set('RECLAIMED', await desk.make.order({ ...solid, reclaimed: true, placedAt: next() }));
});
afterAll(() => desk.stop());

const order = (state: OrderState | 'SOLID' | 'RECLAIMED'): MadeOrder => {
  const found = made.get(state);
  if (!found) throw new Error(state);
  return found;
};

const DETAIL = `query ($id: ID!) { order(id: $id) {
  id number clientOrderId resource energy duration durationSeconds receiver state
  price { amount currency } pricePerEnergy explanation inDoubt inDoubtSince inDoubtUntil cancellable txid
  failure { code message } placedBy { kind id name } placedAt refundedAt rentalEndsAt
  user { id telegramId } history { from to actor { kind name } cause }
  entries { kind amount balanceAfter account { code } order { id } }
  slices { position energy stake state wallet { id address }
    delegation { kind state amount attempts { number txid state includedBlock } order { id } }
    rental { state endsAt order { id } wallet { label } reclaim { kind state } } }
} }`;

interface Detail {
  order: Record<string, unknown> & {
    slices: Record<string, unknown>[];
    history: { from: string | null; to: string }[];
    entries: Record<string, unknown>[];
  };
}

describe('order', () => {
  it('shows a delivered order with everything that belongs to it', async () => {
    const { id, number, clientOrderId, receiver, txids } = order('SOLID');
    const shown = (await operator.request<Detail>(DETAIL, { id })).order;
    expect(shown).toMatchObject({
      id,
      number,
      clientOrderId,
      receiver,
      resource: 'ENERGY',
      energy: '65000',
      duration: '1h',
      durationSeconds: 3600,
      state: 'COMPLETED',
      price: { amount: '5.2', currency: 'TRX' },
      inDoubt: false,
      cancellable: false,
      failure: null,
      txid: txids[0],
      placedBy: { kind: 'SYSTEM', id: null, name: 'factory' },
      placedAt: '2026-11-20T10:00:07.000Z',
      rentalEndsAt: '2026-11-20T11:00:07.000Z',
      user: { id: user.id, telegramId: '7000123456' },
    });
    expect(shown.history.map(({ from, to }) => [from, to])).toEqual([
      [null, 'PENDING'],
      ['PENDING', 'PROCESSING'],
      ['PROCESSING', 'COMPLETED'],
    ]);
    expect(shown.entries).toMatchObject([
      { kind: 'order.hold', amount: '-5.2', account: { code: 'user.available' }, order: { id } },
      { kind: 'order.hold', amount: '5.2', account: { code: 'user.held' } },
      { kind: 'order.revenue', amount: '-5.2', account: { code: 'user.held' } },
      { kind: 'order.revenue', amount: '5.2', account: { code: 'desk.revenue.energy' } },
    ]);
    expect(shown.slices).toMatchObject([
      {
        position: 1,
        energy: '32500',
        stake: '3250000000',
        state: 'DELIVERED',
        wallet: { id: wallets[0]?.id, address: wallets[0]?.address },
        delegation: {
          kind: 'DELEGATE',
          state: 'SOLID',
          amount: '3250000000',
          attempts: [{ number: 1, txid: txids[0], state: 'SOLID', includedBlock: 101 }],
          order: { id },
        },
        rental: {
          state: 'ACTIVE',
          order: { id },
          wallet: { label: wallets[0]?.label },
          reclaim: null,
        },
      },
      {
        position: 2,
        wallet: { id: wallets[1]?.id },
        delegation: { attempts: [{ txid: txids[1] }] },
      },
    ]);
  });

  it.each([
    ['PENDING', { cancellable: true, inDoubt: false, txid: null }],
    [
      'PROCESSING',
      {
        cancellable: false,
        inDoubt: true,
        inDoubtSince: expect.any(String) as string,
        inDoubtUntil: expect.any(String) as string,
      },
    ],
    [
      'COMPLETED',
      { inDoubt: false, inDoubtSince: null, slices: [{ state: 'DELIVERED', rental: null }, {}] },
    ],
    ['REFUNDED', { failure: { code: 'DELIVERY_TIMED_OUT' }, cancellable: false }],
    [
      'RECLAIMED',
      {
        state: 'COMPLETED',
        slices: [
          { rental: { state: 'RECLAIMED', reclaim: { kind: 'UNDELEGATE', state: 'SOLID' } } },
          {},
        ],
      },
    ],
  ] as const)('shows what is special about one that is %s', async (state, special) => {
    const { order: shown } = await operator.request<Detail>(DETAIL, { id: order(state).id });
    expect(shown).toMatchObject(special);
  });

  it('is null for an unknown id, and wants exactly one name', async () => {
    const unknown = '01900000-0000-7000-8000-000000000000';
    for (const id of [unknown, 'nonsense']) {
      expect(await operator.request(DETAIL, { id })).toEqual({ order: null });
    }
    const both = `{ order(id: "${unknown}", clientOrderId: "x") { id } }`;
    expect(await operator.refusal(both)).toMatchObject({ code: 'BAD_INPUT' });
    expect(await operator.refusal('{ order { id } }')).toMatchObject({ code: 'BAD_INPUT' });
  });
});

interface Page {
  orders: {
    edges: { cursor: string; node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    totalCount: number;
  };
}

const LIST = `query ($filter: OrderFilter, $orderBy: OrderSort, $first: Int! = 50, $after: String) {
  orders(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }`;

async function ids(variables: Record<string, unknown>, who = operator): Promise<string[]> {
  const { orders } = await who.request<Page>(LIST, variables);
  return orders.edges.map(({ node }) => node.id);
}

describe('orders', () => {
  it('page through everything in either order without gap or double', async () => {
    const all = await ids({ filter: { userId: user.id } });
    expect(all).toHaveLength(8);
    expect(all[0]).toBe(order('RECLAIMED').id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const { orders }: Page = await operator.request<Page>(LIST, {
        filter: { userId: user.id },
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

  it('page between orders that were placed in the same microsecond', async () => {
    const twins = await desk.make.user();
    const placedAt = new Date('2026-11-19T10:00:00.123Z');
    const both = [
      await desk.make.order({ user: twins, wallets, placedAt }),
      await desk.make.order({ user: twins, wallets, placedAt }),
    ];
    const filter = { userId: twins.id };
    const { orders } = await operator.request<Page>(LIST, { filter, first: 1 });
    const rest = await ids({ filter, first: 1, after: orders.pageInfo.endCursor });
    expect([...orders.edges.map(({ node }) => node.id), ...rest]).toEqual(
      both.map(({ id }) => id).toReversed(),
    );
  });

  it.each([
    [
      'states',
      () => ({ states: ['PENDING', 'PROCESSING'], userId: user.id }),
      ['PROCESSING', 'PENDING'],
    ],
    ['wallet', () => ({ walletId: wallets[1]?.id, states: ['FAILED'] }), ['FAILED']],
    ['receiver', () => ({ receiver: order('FAILED').receiver }), ['FAILED']],
    ['txid', () => ({ txid: order('COMPLETED').txids[1]?.toUpperCase() }), ['COMPLETED']],
    ['duration', () => ({ durations: ['1d'] }), []],
    [
      'time',
      () => ({ placedFrom: '2026-11-20T10:00:02Z', placedTo: '2026-11-20T18:00:04+08:00' }),
      ['COMPLETED', 'PROCESSING'],
    ],
    ['no user', () => ({ userId: 'nonsense' }), []],
    ['no state', () => ({ states: [] }), []],
    ['search by id', () => ({ search: ` ${order('SOLID').id} ` }), ['SOLID']],
    [
      'search by number',
      () => ({ search: order('SOLID').number.toLowerCase().replace('-', '') }),
      ['SOLID'],
    ],
    ['search by client order id', () => ({ search: order('SOLID').clientOrderId }), ['SOLID']],
    ['search by txid', () => ({ search: order('SOLID').txids[0] }), ['SOLID']],
    ['search by address', () => ({ search: order('SOLID').receiver }), ['SOLID']],
    ['search by Telegram id', () => ({ search: '7000123456', states: ['PENDING'] }), ['PENDING']],
    ['search for nothing there is', () => ({ search: "'; drop table orders; --" }), []],
  ] as const)('find by %s', async (_, filter, expected) => {
    const found = await ids({ filter: filter() });
    expect(found).toEqual(expected.map((state) => order(state).id));
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
    expect(await countOrders(em, { userId: user.id })).toBe(8);
    expect(await countOrders(em, { userId: user.id, states: ['FAILED'] })).toBe(1);
  });

  it('cost a fixed number of statements however many they are', async () => {
    const many = await desk.make.user();
    for (let count = 0; count < 100; count += 1) {
      const states = ['PENDING', 'PROCESSING', 'COMPLETED', 'REFUNDED'] as const;
      const state = states[count % 4] ?? 'PENDING';
      await desk.make.order({ user: many, wallets, state, solid: true });
    }
    const document = `query ($first: Int!) { orders(filter: { userId: "${many.id}" }, first: $first) {
      totalCount edges { node { id txid inDoubt user { id telegramId balances { available } }
        slices { wallet { id label capacity { free } } rental { id reclaim { id } }
          delegation { id attempts { txid } } }
        history { to } entries { amount } } } } }`;
    const counts: number[] = [];
    for (const first of [4, 100, 50]) {
      const spy = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery');
      const { orders } = await operator.request<Page>(document, { first });
      // The event feed asks for new events meanwhile; who the caller is and settings may be asked anew.
      counts.push(
        spy.mock.calls.filter(([{ sql }]) => !/ events|pg_snapshot| sessions| settings/.test(sql))
          .length,
      );
      spy.mockRestore();
      expect(orders.edges).toHaveLength(first);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBe(13);
  });
});

describe('an API client', () => {
  it('sees its own orders alone, whichever way it comes to them', async () => {
    const own = await desk.make.order({ user, wallets, clientId: bot.id, clientOrderId: 'mine-1' });
    const foreign = order('PENDING');
    expect(await ids({}, bot)).toEqual([own.id]);
    expect(await ids({ filter: { search: foreign.id } }, bot)).toEqual([]);
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
    expect(await bot.refusal(cancel, { id: order('PENDING').id })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.orderId',
    });
  });
});
