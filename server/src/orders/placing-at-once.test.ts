import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';

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

/** Places all of them at the same time, in turn at two processes. @returns how many, and every refusal's code */
async function placeAtOnce(orders: readonly Parameters<CoreDesk['place']>[0][]) {
  const intakes = [desk.intake, desk.anotherIntake()];
  const tries = await Promise.allSettled(
    orders.map((order, index) => desk.place(order, intakes[index % intakes.length])),
  );
  const refused = tries.flatMap((one) =>
    one.status === 'rejected' ? [(one.reason as { code?: string }).code] : [],
  );
  return { placed: tries.length - refused.length, refused };
}

describe('processes that place at the same time', () => {
  it('sell all that the pool has and no more, and refuse the rest for want of stock', async () => {
    await desk.wallet(50_000n);
    const receiver = await desk.address();
    const users = await Promise.all(Array.from({ length: 24 }, () => desk.user(100n)));
    const { placed, refused } = await placeAtOnce(
      users.map((telegramId) => ({ telegramId, receiver, energy: 65_000n })),
    );
    expect(placed).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['INSUFFICIENT_STOCK']));
    const [pool] = await query<{ left: bigint; each: bigint }>(
      desk.database.read(),
      `select (select sellable_sun - committed_sun from wallets) as left, max(stake_sun) as each
       from order_slices`,
    );
    expect(pool?.left).toBeGreaterThanOrEqual(0n);
    expect(pool?.left).toBeLessThan(pool?.each ?? 0n);
  });

  it('take from one balance as many orders as it pays, and refuse the rest for want of money', async () => {
    await desk.wallet(200_000n);
    const telegramId = await desk.user(12n);
    const receiver = await desk.address();
    const { placed, refused } = await placeAtOnce(
      Array.from({ length: 10 }, () => ({ telegramId, receiver, energy: 65_000n })),
    );
    expect(placed).toBe(3);
    expect(new Set(refused)).toEqual(new Set(['INSUFFICIENT_BALANCE']));
  });
});
