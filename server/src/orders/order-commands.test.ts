import { DefaultQueryExecutor } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { query } from '../database/query.ts';
import { type GraphqlCaller, GraphqlDesk, nextOf } from '../testing/graphql-desk.ts';
import type { Address } from '../chain/address.ts';

let desk: GraphqlDesk;
let bot: GraphqlCaller;
let support: GraphqlCaller;
let telegramId: string;
let receiver: Address;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  bot = await desk.client('BOT');
  support = await desk.operator('SUPPORT');
  await desk.core.wallet(100_000n);
  telegramId = String(await desk.core.user(1_000n));
  receiver = await desk.core.address();
});
afterAll(() => desk.stop());

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  id number state clientOrderId cancellable placedBy { kind id } price { amount } explanation } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) {
  id state cancelledAt history { to cause actor { kind id } } } }`;
const CHANGES = `subscription ($filter: OrderStreamFilter, $after: String) {
  orderChanged(filter: $filter, after: $after) { cursor order { id state history { to } } } }`;

interface Placed {
  placeOrder: { id: string; number: string; state: string };
}
interface Changed {
  orderChanged: { cursor: string; order: { id: string; state: string; history: unknown[] } };
}

const input = (clientOrderId: string, more: object = {}): { input: object } => ({
  input: {
    clientOrderId,
    user: { telegramId },
    energy: '65000',
    duration: '1h',
    receiver,
    ...more,
  },
});

async function place(clientOrderId: string, who = bot): Promise<Placed['placeOrder']> {
  return (await who.request<Placed>(PLACE, input(clientOrderId))).placeOrder;
}

describe('placeOrder', () => {
  it('answers PENDING, and with the same order when it is sent again', async () => {
    const first = await place('once');
    expect(first).toMatchObject({
      state: 'PENDING',
      clientOrderId: 'once',
      cancellable: true,
      placedBy: { kind: 'API_CLIENT', id: bot.id },
    });
    expect(await place('once')).toEqual(first);
    expect(await bot.refusal(PLACE, input('once', { energy: '65001' }))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
      field: 'input.clientOrderId',
    });
    const other = await place('once', support);
    expect(other.id).not.toBe(first.id);
  });

  it('reads nothing more of an order that is placed: its answer must not fail', async () => {
    const spy = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery');
    await place('answered from memory');
    const read = spy.mock.calls.filter(([{ sql }]) => sql.includes('why_wallets'));
    spy.mockRestore();
    expect(read).toEqual([]);
  });

  it('leaves an audit row', async () => {
    const { id } = await place('audited');
    const rows = await query<{ action: string; actor: string }>(
      desk.core.database.read(),
      'select action, actor from audit_log where subject_id = $1',
      [id],
    );
    expect(rows).toEqual([{ action: 'order.place', actor: `API_CLIENT:${bot.id}:A bot` }]);
  });

  it.each([
    ['', { code: 'BAD_INPUT', field: 'input.clientOrderId' }],
    ['x'.repeat(129), { code: 'BAD_INPUT', field: 'input.clientOrderId' }],
  ])('refuses the client order id %j', async (clientOrderId, refusal) => {
    expect(await bot.refusal(PLACE, input(clientOrderId))).toMatchObject(refusal);
  });

  it.each([
    [{ maxPrice: '0.000001' }, 'PRICE_CHANGED'],
    [{ duration: '5y' }, 'UNKNOWN_DURATION'],
    [{ energy: '1' }, 'ENERGY_OUT_OF_RANGE'],
    [{ energy: '-65000' }, 'ENERGY_OUT_OF_RANGE'],
    [{ energy: '9223372036854775808' }, 'ENERGY_OUT_OF_RANGE'],
    [{ energy: '65000.5' }, 'BAD_INPUT'],
    [{ receiver: 'TQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ' }, 'BAD_ADDRESS'],
    [{ user: { telegramId: '1', externalId: 'a' } }, 'BAD_INPUT'],
    [{ user: { id: '01900000-0000-7000-8000-000000000000' } }, 'UNKNOWN_USER'],
    [{ user: { telegramId: '42' } }, 'INSUFFICIENT_BALANCE'],
  ])('refuses %j with %s, and leaves nothing', async (more, code) => {
    const count = 'select count(*) from orders';
    const before = await query(desk.core.database.read(), count);
    expect(await bot.refusal(PLACE, input('refused', more))).toMatchObject({ code });
    expect(await query(desk.core.database.read(), count)).toEqual(before);
  });

  it('is for those who may', async () => {
    const analyst = await desk.operator('ANALYST');
    expect(await analyst.refusal(PLACE, input('no'))).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('cancelOrder', () => {
  it('calls an order back, gives the reason in its history, and may be repeated', async () => {
    const { id } = await place('to cancel');
    const command = { input: { orderId: id, reason: 'Typed the wrong address' } };
    const { cancelOrder } = await bot.request<{ cancelOrder: { state: string } }>(CANCEL, command);
    expect(cancelOrder).toMatchObject({
      id,
      state: 'REFUNDED',
      cancelledAt: expect.stringContaining('T') as unknown,
      history: [
        { to: 'PENDING' },
        { to: 'CANCELLED', cause: 'Typed the wrong address', actor: { id: bot.id } },
        { to: 'REFUNDED' },
      ],
    });
    expect((await bot.request<{ cancelOrder: object }>(CANCEL, command)).cancelOrder).toEqual(
      cancelOrder,
    );
  });

  it('knows no order of another client, and no nonsense', async () => {
    const { id } = await place('foreign');
    const other = await desk.client('BOT');
    for (const orderId of [id, 'nonsense', '01900000-0000-7000-8000-000000000000']) {
      const refusal = await other.refusal(CANCEL, { input: { orderId } });
      expect(refusal).toMatchObject({ code: 'NOT_FOUND', field: 'input.orderId' });
    }
  });

  it('says when it is too late', async () => {
    const { id } = await place('too late');
    await desk.core.blocks(1);
    expect(await bot.refusal(CANCEL, { input: { orderId: id } })).toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
    });
  });
});

describe('orderChanged', () => {
  it('tells each change of the caller’s own orders, from a cursor on, without a gap', async () => {
    // A bot of its own: a cursor of now may tell again what was a moment before.
    const listener = await desk.client('BOT');
    const { eventCursor } = await listener.request<{ eventCursor: string }>('{ eventCursor }');
    const foreign = await place('unheard', support);
    const first = await place('heard', listener);
    const stream = listener.subscribe<Changed>(CHANGES, { after: eventCursor });
    const born = (await nextOf(stream)).orderChanged;
    expect(born.order).toMatchObject({ id: first.id });
    await listener.request(CANCEL, { input: { orderId: first.id } });
    const states: string[] = [];
    let last = born;
    while (states.length < 2) {
      last = (await nextOf(stream)).orderChanged;
      expect(last.order.id).toBe(first.id);
      states.push(last.order.state);
    }
    // The order is read after its event: both events may show the last state.
    expect(states.at(-1)).toBe('REFUNDED');
    // Nothing of an earlier event is kept for a later one.
    expect(last.order.history).toHaveLength(3);
    await stream.return(undefined);

    const second = await place('heard later', listener);
    const resumed = listener.subscribe<Changed>(CHANGES, { after: last.cursor });
    expect((await nextOf(resumed)).orderChanged.order.id).toBe(second.id);
    await resumed.return(undefined);
    expect(foreign.id).not.toBe(first.id);
  });

  it('tells only what the filter asks for', async () => {
    const wanted = await place('wanted');
    const { eventCursor } = await bot.request<{ eventCursor: string }>('{ eventCursor }');
    const stream = support.subscribe<Changed>(CHANGES, {
      after: eventCursor,
      filter: { ids: [wanted.id], states: ['REFUNDED'] },
    });
    const hearing = nextOf(stream);
    await bot.request(CANCEL, { input: { orderId: (await place('unwanted')).id } });
    await bot.request(CANCEL, { input: { orderId: wanted.id } });
    expect((await hearing).orderChanged.order).toMatchObject({
      id: wanted.id,
      state: 'REFUNDED',
    });
    await stream.return(undefined);
  });

  it.each([
    [{ filter: { ids: ['nonsense'] } }],
    [{ filter: { userId: 'nonsense' } }],
    [{ after: 'nonsense' }],
  ])('refuses %j', async (variables) => {
    const stream = support.subscribe<Changed>(CHANGES, variables);
    const answer = await stream.next().catch((error: unknown) => error);
    expect(JSON.stringify(answer)).toContain('BAD_INPUT');
  });
});
