import { afterEach, beforeEach, expect, it } from 'vitest';
import { execute, query, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { liftSafeMode, setSafeMode } from './change-safe-mode.ts';
import type { SafeMode, SafeModeScope } from './safe-mode.ts';

let desk: CoreDesk;

beforeEach(async () => {
  desk = await CoreDesk.start();
});
afterEach(async () => {
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
  expect(desk.errors).toEqual([]);
  await desk.stop();
});

const operator = system('operator');

function set(mode: SafeMode, scope: SafeModeScope = 'ALL', subject: string | null = null) {
  return desk.database.transaction(operator, (em) =>
    setSafeMode(em, operator, { scope, subject, mode, reason: 'a test', clientId: null }),
  );
}

function lift(scope: SafeModeScope = 'ALL', subject: string | null = null) {
  return desk.database.transaction(operator, (em) =>
    liftSafeMode(em, operator, { scope, subject, reason: 'well again', clientId: null }),
  );
}

async function attempts(): Promise<number> {
  return (await query(desk.database.read(), 'select from attempts')).length;
}

it.each([
  ['everything', 'ALL', null],
  ['the product', 'PRODUCT', 'ENERGY_RENTAL'],
] as const)(
  'keeps paid orders waiting while %s is queued, and delivers them after',
  async (_, scope, subject) => {
    await desk.wallet(100_000n);
    await set('QUEUE', scope, subject);
    const orderId = await desk.place({});
    await desk.blocks(6);
    expect(await desk.state(orderId)).toBe('PENDING');
    expect(await attempts()).toBe(0);
    await lift(scope, subject);
    await desk.blocks(6);
    expect(await desk.state(orderId)).toBe('COMPLETED');
  },
);

it('refunds what was queued beyond its deadline', async () => {
  await desk.wallet(100_000n);
  await set('QUEUE');
  const orderId = await desk.place({});
  await desk.database.transaction(operator, async (em) => {
    await execute(em, `update orders set deadline_at = desk_now() where id = $1`, [orderId]);
    await execute(em, `update chain_operations set deadline_at = desk_now()`);
  });
  await desk.blocks(1);
  expect(await desk.state(orderId)).toBe('REFUNDED');
  expect(await attempts()).toBe(0);
});

it('takes Energy back while everything is refused', async () => {
  await desk.wallet(100_000n);
  const receiver = await desk.address();
  const orderId = await desk.place({ receiver });
  await desk.blocks(6);
  expect(await desk.energyOf(receiver)).toBeGreaterThan(0n);
  await set('REFUSE');
  await desk.database.transaction(operator, (em) =>
    execute(em, `update rentals set ends_at = starts_at where order_id = $1`, [orderId]),
  );
  await desk.blocks(8);
  expect(await desk.energyOf(receiver)).toBe(0n);
});

it('refuses orders in the transaction that would place them', async () => {
  await desk.wallet(100_000n);
  await set('REFUSE', 'PRODUCT', 'ENERGY_RENTAL');
  await expect(desk.place({})).rejects.toMatchObject({
    code: 'SALES_PAUSED',
    retryable: true,
    message:
      'Orders are not accepted at the moment: the desk is in safe mode (a test) until somebody releases it; try again later.',
  });
  await set('ACCEPT', 'PRODUCT', 'ENERGY_RENTAL');
  await desk.place({});
});

it('sells past a wallet that is refused, and begins nothing of one that is queued', async () => {
  const small = await desk.wallet(20_000n, 'small');
  const large = await desk.wallet(100_000n, 'large');
  await set('REFUSE', 'WALLET', small.id);
  const elsewhere = await desk.place({});
  await set('QUEUE', 'WALLET', large.id);
  await desk.blocks(6);
  expect(await desk.state(elsewhere)).toBe('PENDING');
  expect(
    await queryOne(desk.database.read(), 'select wallet_id from order_slices where order_id = $1', [
      elsewhere,
    ]),
  ).toEqual({ wallet_id: large.id });
  await lift('WALLET', large.id);
  await desk.blocks(6);
  expect(await desk.state(elsewhere)).toBe('COMPLETED');
  await expect(desk.place({ energy: 900_000n })).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
  });
});

it('moves what a refused wallet has promised to another one', async () => {
  const first = await desk.wallet(60_000n, 'first');
  const second = await desk.wallet(100_000n, 'second');
  const orderId = await desk.place({});
  await set('REFUSE', 'WALLET', first.id);
  await desk.blocks(6);
  expect(await desk.state(orderId)).toBe('COMPLETED');
  const slices = await query(
    desk.database.read(),
    'select wallet_id, state from order_slices where order_id = $1 order by position',
    [orderId],
  );
  expect(slices).toEqual([
    { wallet_id: first.id, state: 'DROPPED' },
    { wallet_id: second.id, state: 'DELIVERED' },
  ]);
});

it('sends nothing once it has answered, whatever a worker had claimed before', async () => {
  await desk.wallet(1_000_000n);
  const sentAfter = async (): Promise<{ late: bigint; unsent: bigint } | undefined> =>
    queryOne(
      desk.database.read(),
      `select count(*) filter (where a.sent_at > m.updated_at) as late,
              count(*) filter (where a.sent_at is null) as unsent
       from attempts a cross join safe_mode m`,
    );
  const telegramId = await desk.user(10_000n);
  const receiver = await desk.address();
  const claimed = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const orderIds = await Promise.all(
      Array.from({ length: 4 }, () => desk.place({ telegramId, receiver, energy: 1_000n })),
    );
    // The engine claims, signs and commits while the switch is thrown at some moment of it.
    const running = desk.work.engine.runOnce();
    if (round % 3 > 0) {
      await waitUntil('something is claimed or all is done', async () => {
        const rows = await query<{ id: string }>(
          desk.database.read(),
          `select id from attempts where not id = any($1::uuid[])`,
          [[...claimed]],
        );
        return rows.length > 0;
      });
    }
    await set('QUEUE');
    const sent = await sentAfter();
    await running;
    expect(await sentAfter()).toMatchObject({ late: 0n });
    expect(await desk.work.engine.runOnce()).toBe(0);
    expect(await sentAfter()).toMatchObject({ late: 0n });
    expect(sent?.late).toBe(0n);
    await lift();
    // What was built and not sent is free again once its lease is over.
    await desk.database.transaction(operator, (em) =>
      execute(
        em,
        `update chain_operations set lease_until = desk_now(), due_at = desk_now()
                   where lease_until is not null`,
      ),
    );
    await desk.blocks(6);
    for (const orderId of orderIds) expect(await desk.state(orderId)).toBe('COMPLETED');
    for (const { id } of await query<{ id: string }>(
      desk.database.read(),
      'select id from attempts',
    ))
      claimed.add(id);
  }
});
