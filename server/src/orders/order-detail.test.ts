import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { DETAIL, OrdersOfEveryState } from '../testing/orders-of-every-state.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let every: OrdersOfEveryState;

beforeAll(async () => {
  every = await OrdersOfEveryState.start();
  ({ desk } = every);
  operator = await desk.operator('SUPPORT');
});
afterAll(() => desk.stop());

interface Detail {
  order: Record<string, unknown> & {
    slices: Record<string, unknown>[];
    history: { from: string | null; to: string }[];
    entries: Record<string, unknown>[];
  };
}

describe('order', () => {
  it('shows a delivered order with everything that belongs to it', async () => {
    const { id, number, clientOrderId, receiver, txids } = every.order('SOLID');
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
      user: { id: every.user.id, telegramId: '7000123456' },
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
        wallet: { id: every.wallets[0]?.id, address: every.wallets[0]?.address },
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
          wallet: { label: every.wallets[0]?.label },
          reclaim: null,
        },
      },
      {
        position: 2,
        wallet: { id: every.wallets[1]?.id },
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
    const { order: shown } = await operator.request<Detail>(DETAIL, { id: every.order(state).id });
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
