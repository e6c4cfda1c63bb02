import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { fetchSolidBlocks } from '../following/fetch-blocks.ts';
import { DeliverOrders } from '../orders/deliver-orders.ts';
import { DELIVER } from '../orders/order-purposes.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { recordAnswers } from './commit-sending.ts';
import { Purposes } from './purposes.ts';
import { settleBlocks } from './settle-blocks.ts';

/** Blocks after which what is in the first of them is solid. */
const SOLID = 4;

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
  await desk.wallet(60_000n);
});
afterAll(async () => {
  expect(desk.errors).toEqual([]);
  await desk.stop();
});

/** Whether somebody in this database waits for a lock. */
async function someoneWaits(): Promise<boolean> {
  const [row] = await query<{ waits: boolean }>(
    desk.database.read(),
    `select exists (select from pg_locks join pg_stat_activity using (pid)
                    where datname = current_database() and not granted) as waits`,
  );
  return row?.waits === true;
}

it('settles every attempt of a solid block, also those whose rows it had to wait for', async () => {
  for (let orders = 0; orders < 3; orders += 1) await desk.place({});
  expect(await desk.work.engine.runOnce()).toBe(3);
  const sent = await query<{ id: string }>(desk.database.read(), 'select id from attempts');
  desk.devnet.step(SOLID);
  await desk.chain.nodes.check();
  const { number } = await desk.chain.nodes.newestHeader('solid');
  const { blocks } = await fetchSolidBlocks(desk.chain.nodes, null, number, number + 1);
  const purposes = new Purposes();
  purposes.register(
    DELIVER,
    new DeliverOrders({
      ids: desk.ids,
      ratio: () => desk.chain.parameters.current().energyRatio,
    }),
  );

  // The worker keeps what the nodes said while the watcher settles the block; its commit takes long.
  let commit = (): void => undefined;
  const longCommit = new Promise<void>((resolve) => (commit = resolve));
  const recording = desk.database.transaction(desk.actor, async (em) => {
    await recordAnswers(
      em,
      sent.map(({ id }) => ({ attemptId: id, node: 'node', answer: 'SUCCESS' })),
    );
    await longCommit;
  });
  const settling = desk.database.transaction(desk.actor, async (em) => {
    // The plan that PostgreSQL chooses when the tables are large.
    for (const way of ['hashjoin', 'mergejoin', 'seqscan']) {
      await query(em, `set local enable_${way} = off`);
    }
    await settleBlocks(em, blocks, purposes);
  });
  await waitUntil('it waits for the rows', someoneWaits);
  commit();
  await Promise.all([recording, settling]);

  const attempts = await query<{ state: string }>(
    desk.database.read(),
    'select state from attempts',
  );
  expect(attempts.map(({ state }) => state)).toEqual(['SOLID', 'SOLID', 'SOLID']);
  await desk.look();
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
