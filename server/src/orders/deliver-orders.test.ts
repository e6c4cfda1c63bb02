import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { cancelOrder } from './cancel-order.ts';

const HOUR_MS = 3_600_000;
/** More than an attempt lives, and the order's deadline. */
const ATTEMPT_MS = 60_000;
const SOLID = 4;

let desk: CoreDesk;
let wallet: { id: string };

beforeAll(async () => {
  desk = await CoreDesk.start();
});
beforeEach(async () => {
  wallet = await desk.wallet(20_000n);
});
afterEach(async () => {
  await fetch(`${desk.devnet.url}/devnet/faults`, { method: 'DELETE' });
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
afterAll(async () => {
  expect(desk.errors).toEqual([]);
  await desk.stop();
});

async function attempts(orderId: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    desk.database.read(),
    `select a.state from attempts a join chain_operations c on c.id = a.operation_id
     join order_slices s on s.id = c.reference
     where s.order_id = $1 and c.purpose = 'deliver' order by a.number`,
    [orderId],
  );
  return rows.map(({ state }) => state);
}

async function rentals(orderId: string): Promise<string[]> {
  const rows = await query<{ state: string }>(
    desk.database.read(),
    'select state from rentals where order_id = $1 order by id',
    [orderId],
  );
  return rows.map(({ state }) => state);
}

async function balances(telegramId: bigint): Promise<Record<string, bigint>> {
  const rows = await query<{ code: string; balance: bigint }>(
    desk.database.read(),
    `select a.code, a.balance from ledger_accounts a join users u on u.id = a.user_id
     where u.telegram_id = $1 and a.asset = 'TRX'`,
    [telegramId],
  );
  return Object.fromEntries(rows.map(({ code, balance }) => [code, balance]));
}

describe('an order', () => {
  it('is delivered by the next block, earned when solid, and taken back after its time', async () => {
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver });
    expect(await desk.state(orderId)).toBe('PENDING');
    await desk.work.engine.runOnce();
    expect(await desk.state(orderId)).toBe('PROCESSING');
    await desk.blocks();
    expect(await desk.state(orderId)).toBe('COMPLETED');
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(65_000n);
    await desk.blocks(SOLID);
    const order = await queryOne<{ revenue_at: Date | null }>(
      desk.database.read(),
      'select revenue_at from orders where id = $1',
      [orderId],
    );
    expect(order?.revenue_at).toBeInstanceOf(Date);

    await desk.control('advance', { ms: HOUR_MS });
    await desk.blocks(2 * SOLID + 2);
    expect(await rentals(orderId)).toEqual(['RECLAIMED']);
    expect(await desk.energyOf(receiver)).toBe(0n);
    const stock = await queryOne(
      desk.database.read(),
      'select committed_sun, sellable_sun from wallets where id = $1',
      [wallet.id],
    );
    expect(stock).toEqual({ committed_sun: 0n, sellable_sun: 20_000n * UNIT });
  });

  it('that no wallet holds alone is delivered by several, and taken back from each', async () => {
    await desk.wallet(5_000n);
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver, energy: 220_000n });
    await desk.blocks(SOLID + 2);
    expect(await desk.state(orderId)).toBe('COMPLETED');
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(220_000n);
    expect(await rentals(orderId)).toHaveLength(2);
    await desk.control('advance', { ms: HOUR_MS });
    await desk.blocks(2 * SOLID + 2);
    expect(await rentals(orderId)).toEqual(['RECLAIMED', 'RECLAIMED']);
  });

  it('may be for an address that has Energy of another order, and each takes back its own', async () => {
    const receiver = await desk.address();
    const first = await desk.place({ receiver, energy: 20_000n, duration: '1h' });
    const second = await desk.place({ receiver, energy: 20_000n, duration: '1d' });
    await desk.blocks(SOLID + 1);
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(40_000n);
    await desk.control('advance', { ms: HOUR_MS });
    await desk.blocks(2 * SOLID + 2);
    expect(await rentals(first)).toEqual(['RECLAIMED']);
    expect(await rentals(second)).toEqual(['ACTIVE']);
    expect(await desk.energyOf(receiver)).toBeGreaterThanOrEqual(20_000n);
    await desk.control('advance', { ms: 24 * HOUR_MS });
    await desk.blocks(2 * SOLID + 2);
    expect(await desk.energyOf(receiver)).toBe(0n);
  });

  it('is cancelled and paid back before anything was sent, and not after', async () => {
    const telegramId = await desk.user(100n);
    const early = await desk.place({ telegramId });
    const cancel = (orderId: string): Promise<void> =>
      desk.database.transaction(desk.actor, (em) =>
        cancelOrder(em, { orderId, clientId: null, reason: 'changed my mind' }),
      );
    await Promise.all([cancel(early), cancel(early)]);
    expect(await desk.state(early)).toBe('REFUNDED');
    expect(await balances(telegramId)).toEqual({
      'user.available': 100n * UNIT,
      'user.held': 0n,
    });
    const late = await desk.place({ telegramId });
    await desk.work.engine.runOnce();
    await expect(cancel(late)).rejects.toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
    await desk.blocks(SOLID + 1);
    expect(await desk.state(late)).toBe('COMPLETED');
    expect(await attempts(early)).toEqual([]);
  });

  it('that is cancelled while it is being sent is either cancelled or sent, never both', async () => {
    const telegramId = await desk.user(1_000n);
    const receiver = await desk.address();
    const orderIds = await Promise.all(
      Array.from({ length: 8 }, () => desk.place({ telegramId, receiver, energy: 1_000n })),
    );
    const cancels = orderIds.map((orderId) =>
      desk.database.transaction(desk.actor, (em) =>
        cancelOrder(em, { orderId, clientId: null, reason: null }),
      ),
    );
    const [outcomes] = await Promise.all([Promise.allSettled(cancels), desk.work.engine.runOnce()]);
    await desk.blocks(SOLID + 1);
    for (const [index, orderId] of orderIds.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
      }
      expect(await desk.state(orderId)).toBe(
        outcome?.status === 'fulfilled' ? 'REFUNDED' : 'COMPLETED',
      );
    }
  });

  it('whose transaction vanishes is tried again after the proof that it is dead, and delivered once', async () => {
    await desk.control('faults', { kind: 'never-included', count: 1 });
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver });
    await desk.blocks(2);
    expect(await attempts(orderId)).toEqual(['SENDING']);
    await desk.control('advance', { ms: ATTEMPT_MS });
    await desk.blocks(2 * SOLID + 1);
    expect(await attempts(orderId)).toEqual(['DEAD', 'SOLID']);
    expect(await desk.state(orderId)).toBe('COMPLETED');
    const evidence = await queryOne<{ evidence: object }>(
      desk.database.read(),
      `select evidence from attempts where state = 'DEAD' order by dead_at desc limit 1`,
    );
    expect(evidence?.evidence).toHaveProperty('readThrough');
  });

  it('cannot be cancelled between two attempts, and says so', async () => {
    await desk.control('faults', { kind: 'never-included', count: 1 });
    const orderId = await desk.place({});
    await desk.blocks(2);
    await desk.control('advance', { ms: ATTEMPT_MS });
    desk.devnet.step(SOLID + 1);
    await desk.chain.nodes.check();
    // The reader proves the first attempt dead; the engine has not looked again yet.
    while ((await desk.work.reader.readOnce()) > 0);
    expect(await attempts(orderId)).toEqual(['DEAD']);
    await expect(
      desk.database.transaction(desk.actor, (em) =>
        cancelOrder(em, { orderId, clientId: null, reason: null }),
      ),
    ).rejects.toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
    await desk.blocks(SOLID + 1);
    expect(await desk.state(orderId)).toBe('COMPLETED');
  });

  it('is delivered once although the node says that it was refused', async () => {
    await desk.control('faults', { kind: 'false-expired', count: 1 });
    const orderId = await desk.place({});
    await desk.blocks(SOLID + 2);
    expect(await attempts(orderId)).toEqual(['SOLID']);
    expect(await desk.state(orderId)).toBe('COMPLETED');
  });

  it('that cannot be delivered before its deadline is refunded once, with the evidence', async () => {
    await desk.control('faults', { kind: 'never-included' });
    const telegramId = await desk.user(100n);
    const orderId = await desk.place({ telegramId });
    await desk.blocks(2);
    // The deadline is judged by the database's clock.
    await desk.database.transaction(desk.actor, (em) =>
      query(em, `update orders set deadline_at = desk_now() where id = $1`, [orderId]),
    );
    await desk.control('advance', { ms: ATTEMPT_MS });
    await desk.blocks(SOLID + 2);
    expect(await desk.state(orderId)).toBe('REFUNDED');
    expect(await attempts(orderId)).toEqual(['DEAD']);
    expect(await balances(telegramId)).toEqual({
      'user.available': 100n * UNIT,
      'user.held': 0n,
    });
  });

  it('goes back to work when a fork takes its block away, and is delivered once', async () => {
    const orderId = await desk.place({});
    await desk.work.engine.runOnce();
    await desk.blocks();
    expect(await desk.state(orderId)).toBe('COMPLETED');
    await desk.control('fork', { depth: 1, drop: true });
    await desk.look();
    expect(await desk.state(orderId)).toBe('PROCESSING');
    await desk.blocks(SOLID + 2);
    expect(await desk.state(orderId)).toBe('COMPLETED');
    expect(await attempts(orderId)).toEqual(['SOLID']);
  });
});
