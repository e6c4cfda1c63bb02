import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';

/** More than an attempt lives. */
const ATTEMPT_MS = 60_000;
const SOLID = 4;

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterEach(async () => {
  await expectBooksAndChainAgree(desk.database, desk.devnet.url, desk.byHandTxids);
});
afterAll(async () => {
  await desk.stop();
});

async function slices(orderId: string): Promise<{ label: string; state: string }[]> {
  return query(
    desk.database.read(),
    `select w.label, s.state from order_slices s join wallets w on w.id = s.wallet_id
     where s.order_id = $1 order by s.position`,
    [orderId],
  );
}

describe('an order whose wallet cannot deliver', () => {
  it('is delivered by another wallet, once, after the proof that the first never will', async () => {
    const first = await desk.wallet(8_000n, 'first');
    await desk.wallet(30_000n, 'second');
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver });
    await desk.byHand({
      kind: 'unfreeze',
      owner: first.address,
      amountSun: 8_000n * UNIT,
      resource: 'ENERGY',
    });
    desk.devnet.step();
    await desk.blocks(1);
    expect(await slices(orderId)).toEqual([{ label: 'first', state: 'DELEGATING' }]);
    await desk.control('advance', { ms: ATTEMPT_MS });
    await desk.blocks(2 * SOLID);
    expect(await slices(orderId)).toEqual([
      { label: 'first', state: 'DROPPED' },
      { label: 'second', state: 'DELIVERED' },
    ]);
    expect(await desk.state(orderId)).toBe('COMPLETED');
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(65_000n);
  });

  it('makes the wallet sell no more when that happens again and again', async () => {
    const failing = await desk.wallet(12_000n, 'failing');
    const telegramId = await desk.user(1_000n);
    const receiver = await desk.address();
    const orderIds = await Promise.all(
      Array.from({ length: 3 }, () => desk.place({ telegramId, receiver, energy: 30_000n })),
    );
    expect(await slices(orderIds[0] ?? '')).toEqual([{ label: 'failing', state: 'RESERVED' }]);
    await desk.byHand({
      kind: 'unfreeze',
      owner: failing.address,
      amountSun: 12_000n * UNIT,
      resource: 'ENERGY',
    });
    desk.devnet.step();
    await desk.blocks(1);
    await desk.control('advance', { ms: ATTEMPT_MS });
    await desk.blocks(2 * SOLID);
    const [wallet] = await query<{ state: string; state_reason: string }>(
      desk.database.read(),
      'select state, state_reason from wallets where id = $1',
      [failing.id],
    );
    expect(wallet).toEqual({
      state: 'QUARANTINED',
      state_reason: '3 attempts in a row were refused and proved dead',
    });
    for (const orderId of orderIds) expect(await desk.state(orderId)).toBe('COMPLETED');
  });
});
