import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { beginAttempts } from './begin-attempts.ts';

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

/** Txids of what a worker builds that knows no later block than one of this time. */
function begin(headTimeMs: number): Promise<string[]> {
  return desk.database.transaction(desk.actor, async (em) => {
    const built = await beginAttempts(em, {
      worker: 'left behind',
      limit: 10,
      leaseSeconds: 15,
      expirationSeconds: 45,
      headTimeMs,
      ids: desk.ids,
    });
    return built.map(({ txid }) => txid);
  });
}

it('builds nothing while the only nodes that answer are behind what the desk knows to be solid', async () => {
  await desk.wallet(30_000n);
  const orderId = await desk.place({ receiver: await desk.address() });
  const cursor = await queryOne<{ time_ms: bigint }>(
    desk.database.read(),
    `select time_ms from chain_cursors where name = 'solid'`,
  );
  const solidMs = Number(present(cursor, 'cursor').time_ms);
  expect(await begin(solidMs - 1)).toEqual([]);
  expect(await query(desk.database.read(), 'select from attempts')).toEqual([]);
  expect(await begin(solidMs)).toHaveLength(1);
  expect(await desk.state(orderId)).toBe('PENDING');
});
