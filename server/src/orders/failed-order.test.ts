import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';

/** More than an attempt lives. */
const ATTEMPT_MS = 60_000;
const SOLID = 4;

const DECIDE = (mutation: string): string =>
  `mutation ($input: DecideOrderInput!) { ${mutation}(input: $input) { id state history { to cause } } }`;

interface Decided {
  id: string;
  state: string;
  history: { to: string; cause: string }[];
}

const REASONS = `query ($id: ID!) {
  order(id: $id) { whyWallets walletChoices { occasion sentence } } }`;

interface Reasons {
  order: { whyWallets: string; walletChoices: { occasion: string; sentence: string }[] };
}

let desk: GraphqlDesk;
let operator: GraphqlCaller;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  await desk.core.wallet(50_000n);
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('orders.refundAutomatically', false)], 'people decide'),
  );
});
afterAll(async () => {
  await expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url);
  await desk.stop();
});

/** An order whose every attempt vanished until its deadline. */
async function failedOrder(): Promise<string> {
  const { core } = desk;
  await core.control('faults', { kind: 'never-included' });
  const orderId = await core.place({});
  await core.blocks(2);
  await core.database.transaction(core.actor, (em) =>
    query(em, 'update orders set deadline_at = desk_now() where id = $1', [orderId]),
  );
  await core.control('advance', { ms: ATTEMPT_MS });
  await core.blocks(SOLID + 2);
  await fetch(`${core.devnet.url}/devnet/faults`, { method: 'DELETE' });
  expect(await core.state(orderId)).toBe('FAILED');
  return orderId;
}

async function decide(mutation: string, orderId: string): Promise<Decided | undefined> {
  const input = { orderId, reason: 'the node is back' };
  return (await operator.request<Record<string, Decided>>(DECIDE(mutation), { input }))[mutation];
}

describe('an order that failed and waits for people', () => {
  it('is tried again, and delivered for the price that is held', async () => {
    const orderId = await failedOrder();
    await desk.core.wallet(20_000n, 'smaller');
    expect(await decide('retryOrder', orderId)).toMatchObject({ state: 'PENDING' });
    expect(await decide('retryOrder', orderId)).toMatchObject({ state: 'PENDING' });
    await desk.core.blocks(2 * SOLID);
    expect(await desk.core.state(orderId)).toBe('COMPLETED');
    const { order } = await operator.request<Reasons>(REASONS, { id: orderId });
    expect(order.walletChoices.map(({ occasion }) => occasion)).toEqual(['PLACED', 'TRIED_AGAIN']);
    expect(order.whyWallets).toBe(order.walletChoices[1]?.sentence);
    expect(order.whyWallets).toMatch(/^smaller has the smallest/);
    expect(
      await operator.refusal(DECIDE('retryOrder'), { input: { orderId, reason: 'x' } }),
    ).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { state: 'COMPLETED' },
    });
  });

  it('tells what a person wanted last, however often its wallets were chosen before', async () => {
    const orderId = await failedOrder();
    await desk.core.database.transaction(desk.core.actor, (em) =>
      query(
        em,
        `update orders o set wallet_choices =
           (select jsonb_agg(c.wallet_choices -> 0)
            from orders c cross join generate_series(1, 60) where c.id = o.id)
         where id = $1`,
        [orderId],
      ),
    );
    await decide('retryOrder', orderId);
    const { order } = await operator.request<Reasons>(REASONS, { id: orderId });
    expect(order.walletChoices.at(-1)?.occasion).toBe('TRIED_AGAIN');
    await desk.core.blocks(2 * SOLID);
    expect(await desk.core.state(orderId)).toBe('COMPLETED');
  });

  it('is refunded once, with the reason in its history', async () => {
    const orderId = await failedOrder();
    const refunded = await decide('refundOrder', orderId);
    expect(refunded).toMatchObject({ state: 'REFUNDED' });
    expect(refunded?.history.at(-1)).toMatchObject({ to: 'REFUNDED', cause: 'the node is back' });
    expect(await decide('refundOrder', orderId)).toMatchObject({ state: 'REFUNDED' });
    expect(
      await operator.refusal(DECIDE('retryOrder'), { input: { orderId, reason: 'x' } }),
    ).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  });

  it('is decided on with a reason, and by those who may', async () => {
    const input = { orderId: '01a204b3-60a4-74c4-9b9f-a49161f20fc1', reason: ' ' };
    expect(await operator.refusal(DECIDE('refundOrder'), { input })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'input.reason',
    });
    const unknown = { input: { ...input, reason: 'why' } };
    expect(await operator.refusal(DECIDE('refundOrder'), unknown)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const bot = await desk.client('BOT');
    expect(await bot.refusal(DECIDE('retryOrder'), unknown)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
