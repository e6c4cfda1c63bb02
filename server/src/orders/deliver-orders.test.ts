import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { UNIT } from '../kernel/money.ts';

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterAll(async () => {
  expect(desk.errors).toEqual([]);
  await desk.stop();
});

describe('an order', () => {
  it('is delivered by the next block, earned when solid, and taken back after its time', async () => {
    const wallet = await desk.wallet(20_000n);
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver });
    expect(await desk.state(orderId)).toBe('PENDING');
    await desk.work.engine.runOnce();
    expect(await desk.state(orderId)).toBe('PROCESSING');
    await desk.blocks();
    expect(await desk.state(orderId)).toBe('COMPLETED');
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(65_000n);
    await desk.blocks(4);
    const order = await queryOne<{ revenue_at: Date | null }>(
      desk.database.read(),
      'select revenue_at from orders where id = $1',
      [orderId],
    );
    expect(order?.revenue_at).toBeInstanceOf(Date);
    await desk.control('advance', { ms: 3_600_000 });
    await desk.blocks(12);
    const rows = await query<{ state: string }>(
      desk.database.read(),
      'select state from rentals where order_id = $1',
      [orderId],
    );
    expect(rows).toEqual([{ state: 'RECLAIMED' }]);
    expect(await desk.energyOf(receiver)).toBe(0n);
    const after = await queryOne(
      desk.database.read(),
      'select committed_sun, sellable_sun from wallets where id = $1',
      [wallet.id],
    );
    expect(after).toEqual({ committed_sun: 0n, sellable_sun: 20_000n * UNIT });
  });
});
