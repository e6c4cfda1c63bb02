import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '../testing/audit-rows.ts';
import type { GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { idsOf, OrdersOfEveryState } from '../testing/orders-of-every-state.ts';
import { exportOrders } from './export-orders.ts';

let desk: GraphqlDesk;
let every: OrdersOfEveryState;
let analyst: GraphqlCaller;

beforeAll(async () => {
  every = await OrdersOfEveryState.start();
  ({ desk } = every);
  analyst = await desk.operator('ANALYST');
});
afterAll(() => desk.stop());

function download(who: GraphqlCaller | undefined, variables?: unknown): Promise<Response> {
  const url = new URL('/export/orders.csv', desk.url);
  if (variables !== undefined) url.searchParams.set('variables', JSON.stringify(variables));
  return fetch(url, { headers: who?.headers() ?? {} });
}

/** The lines below the title and the names of the columns, as cells. */
async function rowsOf(response: Response): Promise<Record<string, string>[]> {
  expect(response.status).toBe(200);
  const [, names = '', ...rows] = (await response.text()).trimEnd().split('\r\n');
  const columns = names.split(',');
  return rows.map((row) => {
    const cells = row.split(',').map((cell, index) => [columns[index] ?? '', cell] as const);
    return Object.fromEntries(cells);
  });
}

async function refusalOf(response: Response): Promise<{ status: number; error: unknown }> {
  const { errors } = (await response.json()) as { errors: [{ extensions: unknown }] };
  return { status: response.status, error: errors[0].extensions };
}

describe('orders as CSV', () => {
  it('are those of the list with the same filter, in the same order', async () => {
    for (const variables of [
      {},
      { orderBy: 'PLACED_AT_ASC' },
      { filter: { states: ['COMPLETED', 'REFUNDED'] } },
      { filter: { search: '7000123456', placedFrom: '2026-11-20T10:00:03Z' } },
    ]) {
      const rows = await rowsOf(await download(analyst, variables));
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ id }) => id)).toEqual(await idsOf(analyst, variables));
    }
  });

  it('have every figure as the desk keeps it', async () => {
    const { id } = every.order('COMPLETED');
    const { order } = await analyst.request<{ order: Record<string, unknown> }>(
      `query ($id: ID!) { order(id: $id) {
         number clientOrderId state energy duration receiver placedAt user { id } price { amount } } }`,
      { id },
    );
    const [row] = await rowsOf(await download(analyst, { filter: { search: id } }));
    expect(row).toMatchObject({
      number: order['number'],
      client_order_id: order['clientOrderId'],
      state: order['state'],
      energy: order['energy'],
      duration: order['duration'],
      receiver: order['receiver'],
      placed_at: order['placedAt'],
      user_id: (order['user'] as { id: string }).id,
      price_trx: (order['price'] as { amount: string }).amount,
    });
  });

  it('tell in their first line what they hold, and come as a file for spreadsheets', async () => {
    const response = await download(analyst, { filter: { states: ['PENDING'] } });
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="orders-\d{4}-\d\d-\d\dT\d{4}Z\.csv"$/,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).toMatch(
      /^\uFEFF"Orders placed before 20[^"]*, {""filter"":{""states"":\[""PENDING""\]},[^\r]*"\r\nnumber,id,/,
    );
  });

  it('run nothing in a spreadsheet, whatever a bot has named its order', async () => {
    const order = await desk.make.order({
      user: every.user,
      wallets: every.wallets,
      clientOrderId: '=HYPERLINK("http://evil.test")',
    });
    const text = await (await download(analyst, { filter: { search: order.id } })).text();
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.test"")",`);
  });

  it('come page by page without a gap and without a row twice', async () => {
    for (const sort of ['PLACED_AT_ASC', 'PLACED_AT_DESC'] as const) {
      const counts: number[] = [];
      let text = '';
      for await (const piece of exportOrders(desk.core.database, {
        conditions: {},
        sort,
        until: new Date(Date.now() + 60_000),
        title: 'all',
        onRows: (count) => counts.push(count),
        pageRows: 2,
      })) {
        text += piece;
      }
      const ids = text
        .trimEnd()
        .split('\r\n')
        .slice(2)
        .map((line) => line.split(',')[1]);
      expect(ids).toEqual(await idsOf(analyst, { orderBy: sort }));
      expect(counts.slice(0, -1).every((count) => count === 2)).toBe(true);
    }
  });
});

describe('who asks for orders as CSV', () => {
  it('gets what the list would show', async () => {
    expect(await refusalOf(await download(undefined))).toMatchObject({
      status: 401,
      error: { code: 'UNAUTHENTICATED' },
    });
    const bot = await desk.client('BOT');
    expect(await rowsOf(await download(bot))).toEqual([]);
    const { user, wallets } = every;
    const own = await desk.make.order({ user, wallets, clientId: bot.id, clientOrderId: 'own' });
    expect((await rowsOf(await download(bot))).map(({ id }) => id)).toEqual([own.id]);
  });

  it('is told which value is wrong, and nothing is written down as done', async () => {
    const before = await auditOf(desk.core.database, 'order.export');
    expect(
      await refusalOf(await download(analyst, { filter: { states: ['GONE'] } })),
    ).toMatchObject({
      status: 400,
      error: { code: 'BAD_INPUT', field: 'filter.states[0]' },
    });
    expect(await refusalOf(await download(analyst, 'no object'))).toMatchObject({
      status: 400,
      error: { code: 'BAD_INPUT', field: 'variables' },
    });
    const posted = await fetch(`${desk.url}/export/orders.csv`, {
      method: 'POST',
      headers: analyst.headers(),
    });
    expect(posted.status).toBe(400);
    expect(await auditOf(desk.core.database, 'order.export')).toEqual(before);
  });

  it('is written down with what was asked for and how much of it was taken', async () => {
    const filter = { search: every.order('REFUNDED').id };
    await rowsOf(await download(analyst, { filter }));
    const asked = await auditOf(desk.core.database, 'order.export');
    expect(asked.at(-1)).toMatchObject({
      actor: `OPERATOR:${analyst.id}:Olga`,
      details: { filter, orderBy: 'PLACED_AT_DESC' },
    });
    const ended = await auditOf(desk.core.database, 'order.export.end');
    expect(ended.at(-1)?.details).toEqual({ rows: 1, whole: true });
  });
});
