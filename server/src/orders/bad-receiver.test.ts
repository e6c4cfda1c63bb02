import { afterAll, beforeAll, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';

/** More than an attempt lives. */
const ATTEMPT_MS = 60_000;
const SOLID = 4;
/** As many as quarantine a wallet that is to blame. */
const ORDERS = 3;

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterAll(async () => {
  await desk.stop();
});

it('refunds early what nobody can deliver, and blames no wallet for it', async () => {
  await desk.wallet(40_000n, 'first');
  await desk.wallet(30_000n, 'second');
  const receiver = await desk.address();
  const telegramId = await desk.user(1_000n);
  const orderIds: string[] = [];
  for (let made = 0; made < ORDERS; made += 1) {
    orderIds.push(await desk.place({ receiver, telegramId, energy: 30_000n }));
  }
  await desk.control('deploy-contract', { address: receiver });
  desk.devnet.step();
  await desk.blocks(1);
  await desk.control('advance', { ms: ATTEMPT_MS });
  await desk.blocks(2 * SOLID);
  for (const orderId of orderIds) {
    const order = await queryOne(
      desk.database.read(),
      `select state, failure_code, deadline_at > desk_now() as early,
              (select count(*) from order_slices where order_id = $1) as slices
       from orders where id = $1`,
      [orderId],
    );
    expect(order).toEqual({
      state: 'REFUNDED',
      failure_code: 'BAD_ADDRESS',
      early: true,
      slices: 1n,
    });
  }
  const answers = await query<{ last_answer: string }>(
    desk.database.read(),
    'select distinct last_answer from attempts',
  );
  expect(answers.map(({ last_answer }) => last_answer)).toEqual([
    expect.stringContaining('Do not allow delegate resources to contract addresses'),
  ]);
  const wallets = await query<{ state: string }>(
    desk.database.read(),
    'select distinct state from wallets',
  );
  expect(wallets).toEqual([{ state: 'ACTIVE' }]);
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
