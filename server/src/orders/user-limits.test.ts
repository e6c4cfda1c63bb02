import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../database/query.ts';
import { changeSettings, change } from '../settings/change-settings.ts';
import { GraphqlDesk, type GraphqlCaller } from '../testing/graphql-desk.ts';
import { present } from '../kernel/assert.ts';
import { ensureUsers } from '../users/ensure-users.ts';

let desk: GraphqlDesk;
let bot: GraphqlCaller;
let support: GraphqlCaller;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  bot = await desk.client('BOT');
  support = await desk.operator('SUPPORT');
  await desk.core.wallet(1_000_000n);
});
afterAll(async () => {
  await desk.stop();
});

const PLACE = `mutation P($input: PlaceOrderInput!) { placeOrder(input: $input) { id state price { amount } } }`;
let count = 0;
async function place(telegramId: string, caller = bot) {
  const input = {
    clientOrderId: `limit-${(count += 1)}`,
    user: { telegramId },
    energy: '65000',
    duration: '1h',
    receiver: await desk.core.address(),
  };
  return caller.ask<{ placeOrder: { id: string; price: { amount: string } } }>(PLACE, { input });
}
const someone = async (): Promise<string> => (await desk.core.user(1_000n)).toString();
const setLimits = (telegramId: string, limits: object) =>
  support.request(
    `mutation L($input: SetUserLimitsInput!) { setUserLimits(input: $input) { id } }`,
    {
      input: { user: { telegramId }, reason: 'test', ...limits },
    },
  );
const setStanding = (telegramId: string, standing: string) =>
  support.request(
    `mutation S($input: SetUserStandingInput!) { setUserStanding(input: $input) { id } }`,
    { input: { user: { telegramId }, standing, reason: 'test' } },
  );

describe('limits of a user', () => {
  it('hold exactly when many orders come at once, and count no refunded ones', async () => {
    const user = await someone();
    await setLimits(user, { ordersPerDay: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => place(user)));
    const placed = answers.flatMap(({ data }) => (data ? [data.placeOrder.id] : []));
    expect(placed).toHaveLength(3);
    for (const { errors } of answers.filter(({ data }) => !data)) {
      expect(errors[0]?.extensions).toMatchObject({
        code: 'USER_LIMIT_REACHED',
        field: 'input.user',
        details: { limit: 'ordersPerDay', most: 3, used: 3 },
      });
    }
    await bot.request(`mutation C($id: ID!) { cancelOrder(input: { orderId: $id }) { state } }`, {
      id: placed[0],
    });
    expect((await place(user)).errors).toEqual([]);
    expect((await place(user)).errors[0]?.extensions.code).toBe('USER_LIMIT_REACHED');
  });

  it('hold for what is spent, to the sun', async () => {
    const user = await someone();
    const price = (await place(user)).data?.placeOrder.price.amount ?? '';
    const micros = BigInt(Math.round(Number(price) * 1e6));
    const most = (sun: bigint): string =>
      `${sun / 1_000_000n}.${String(sun % 1_000_000n).padStart(6, '0')}`;
    await setLimits(user, { spendPerDay: most(2n * micros - 1n) });
    expect((await place(user)).errors[0]?.extensions).toMatchObject({
      code: 'USER_LIMIT_REACHED',
      details: { limit: 'spendPerDay', used: price, currency: 'TRX' },
    });
    await setLimits(user, { spendPerDay: most(2n * micros) });
    expect((await place(user)).errors).toEqual([]);
  });

  it('are over after 24 hours', async () => {
    const user = await someone();
    await setLimits(user, { ordersPerDay: 1 });
    await place(user);
    expect((await place(user)).errors[0]?.extensions.code).toBe('USER_LIMIT_REACHED');
    await desk.core.database.transaction(desk.core.actor, (em) =>
      execute(
        em,
        `update orders set placed_at = placed_at - interval '24 hours 1 second'
        where user_id = (select id from users where telegram_id = $1)`,
        [user],
      ),
    );
    expect((await place(user)).errors).toEqual([]);
  });

  it('come with the standing, from the settings', async () => {
    const user = await someone();
    await desk.core.database.transaction(desk.core.actor, (em) =>
      changeSettings(em, desk.core.actor, [change('users.limitedOrdersPerDay', 1)], 'test'),
    );
    await setStanding(user, 'LIMITED');
    expect((await place(user)).errors).toEqual([]);
    expect((await place(user)).errors[0]?.extensions.code).toBe('USER_LIMIT_REACHED');
    await setStanding(user, 'ACTIVE');
    expect((await place(user)).errors).toEqual([]);
    await setStanding(user, 'BLOCKED');
    expect((await place(user)).errors[0]?.extensions.code).toBe('USER_BLOCKED');
  });

  it('let nobody pay from the balance of another client’s user', async () => {
    const other = await desk.client('BOT');
    const { ids, actor, database } = desk.core;
    const [theirs] = await database.transaction(actor, (em) =>
      ensureUsers(em, ids, [{ by: 'externalId', clientId: other.id, externalId: 'theirs' }]),
    );
    const { id } = present(theirs, 'their user');
    await desk.core.give(id, 100n);
    const input = {
      clientOrderId: 'theirs',
      user: { id },
      energy: '65000',
      duration: '1h',
      receiver: await desk.core.address(),
    };
    expect((await bot.ask(PLACE, { input })).errors[0]?.extensions.code).toBe('UNKNOWN_USER');
    expect((await other.ask(PLACE, { input })).errors).toEqual([]);
  });
});
