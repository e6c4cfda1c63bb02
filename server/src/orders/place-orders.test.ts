import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { changeSettings } from '../settings/change-settings.ts';
import { reasonsOfOrders } from './order-reasons.ts';

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterEach(async () => {
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
afterAll(async () => {
  await desk.stop();
});

async function countOrders(): Promise<bigint> {
  const row = await queryOne<{ count: bigint }>(
    desk.database.read(),
    'select count(*) from orders',
  );
  return row?.count ?? 0n;
}

describe('placing', () => {
  it('answers the same client order id with the same order, and charges it once', async () => {
    await desk.wallet(50_000n);
    const telegramId = await desk.user(100n);
    const receiver = await desk.address();
    const order = { telegramId, receiver, clientOrderId: 'one' };
    const together = await Promise.all([desk.place(order), desk.place(order), desk.place(order)]);
    expect(new Set([...together, await desk.place(order)]).size).toBe(1);
    const holds = await query(
      desk.database.read(),
      `select from ledger_transfers where kind = 'order.hold' and reference = $1`,
      [together[0]],
    );
    expect(holds).toHaveLength(1);
  });

  it('keeps with each of the orders that come together its own choice of wallets', async () => {
    await desk.wallet(50_000n);
    const [telegramId, receiver] = [await desk.user(100n), await desk.address()];
    const amounts = [65_000n, 70_000n, 131_000n];
    const ids = await Promise.all(
      amounts.map((energy) => desk.place({ telegramId, receiver, energy })),
    );
    const reasons = await reasonsOfOrders(desk.database.read(), ids);
    expect(
      ids.map((id) =>
        reasons
          .get(id)
          ?.choices()
          .map(({ energy }) => energy),
      ),
    ).toEqual(amounts.map((energy) => [energy]));
  });

  it('answers for an order that is placed although nothing is sold any more', async () => {
    const order = {
      telegramId: await desk.user(100n),
      receiver: await desk.address(),
      clientOrderId: 'before the pause',
    };
    const orderId = await desk.place(order);
    desk.closedBecause = 'the newest block is old';
    expect(await desk.place(order)).toBe(orderId);
    await expect(desk.place({ ...order, clientOrderId: 'during' })).rejects.toMatchObject({
      code: 'SALES_PAUSED',
    });
    desk.closedBecause = undefined;
  });

  it('answers a double click at two processes with one order, although the balance is spent', async () => {
    await desk.wallet(60_000n);
    const elsewhere = desk.anotherIntake();
    const receiver = await desk.address();
    for (let round = 0; round < 5; round += 1) {
      const order = {
        telegramId: await desk.user(4n),
        receiver,
        clientOrderId: `double click ${round}`,
      };
      const [first, second] = await Promise.all([desk.place(order), desk.place(order, elsewhere)]);
      expect(second).toBe(first);
    }
  });

  it('refuses another order under a used client order id', async () => {
    const telegramId = await desk.user(100n);
    const receiver = await desk.address();
    await desk.place({ telegramId, receiver, clientOrderId: 'two', energy: 20_000n });
    await expect(
      desk.place({ telegramId, receiver, clientOrderId: 'two', energy: 30_000n }),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('takes from a balance what is there, in whatever order the requests come', async () => {
    const telegramId = await desk.user(10n);
    const receiver = await desk.address();
    const before = await countOrders();
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => desk.place({ telegramId, receiver, energy: 65_000n })),
    );
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(tries.length - refused.length).toBe(2);
    for (const attempt of refused) {
      expect(attempt).toMatchObject({
        reason: { code: 'INSUFFICIENT_BALANCE', details: { required: '3.9' } },
      });
    }
    expect(await countOrders()).toBe(before + 2n);
  });

  it('never promises more than the pool has, and says what there is', async () => {
    const telegramId = await desk.user(100_000n);
    const receiver = await desk.address();
    const tries = await Promise.allSettled(
      Array.from({ length: 30 }, () => desk.place({ telegramId, receiver, energy: 65_000n })),
    );
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      reason: { code: 'INSUFFICIENT_STOCK', details: { energy: '65000' } },
    });
    const oversold = await query(
      desk.database.read(),
      'select from wallets where committed_sun > sellable_sun',
    );
    expect(oversold).toEqual([]);
  });

  it.each([
    ['too little Energy', { energy: 999n }, 'ENERGY_OUT_OF_RANGE'],
    ['too much Energy', { energy: 10_000_001n }, 'ENERGY_OUT_OF_RANGE'],
    ['a duration that is not sold', { duration: '2h' }, 'UNKNOWN_DURATION'],
  ])('refuses %s and leaves nothing', async (_what, order, code) => {
    const before = await countOrders();
    await expect(desk.place(order)).rejects.toMatchObject({ code });
    expect(await countOrders()).toBe(before);
  });

  it('refuses an address that cannot get Energy', async () => {
    const wallet = await desk.wallet(10n);
    await expect(desk.place({ receiver: wallet.address })).rejects.toMatchObject({
      code: 'ADDRESS_IS_OURS',
    });
    const contract = await desk.address();
    await desk.control('deploy-contract', { address: contract });
    desk.devnet.step();
    await expect(desk.place({ receiver: contract })).rejects.toMatchObject({
      code: 'ADDRESS_IS_CONTRACT',
    });
  });

  it('a bad order fails alone among good ones', async () => {
    await desk.wallet(50_000n);
    const telegramId = await desk.user(1_000n);
    const receiver = await desk.address();
    const place = (energy: bigint): Promise<string> => desk.place({ telegramId, receiver, energy });
    const results = await Promise.allSettled([place(65_000n), place(5n), place(65_000n)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('stops when sales are closed, with the reason', async () => {
    await desk.database.transaction(desk.actor, (em) =>
      changeSettings(
        em,
        desk.actor,
        [
          { key: 'sales.open', value: false },
          { key: 'sales.closedReason', value: 'maintenance until noon' },
        ],
        'test',
      ),
    );
    await expect(desk.place({})).rejects.toMatchObject({
      code: 'SALES_PAUSED',
      message: expect.stringContaining('maintenance until noon') as string,
    });
  });
});
