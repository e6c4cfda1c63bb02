import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { decodeRawData } from '../chain/build-transaction.ts';
import { queryOne } from '../database/query.ts';
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

/** When what a worker builds expires that knows no later block than one of this time. */
function begin(headTimeMs: number): Promise<number[]> {
  return desk.database.transaction(desk.actor, async (em) => {
    const built = await beginAttempts(em, {
      worker: 'left behind',
      limit: 10,
      leaseSeconds: 15,
      expirationSeconds: 45,
      headTimeMs,
      ids: desk.ids,
    });
    return built.map(({ rawDataHex }) => decodeRawData(rawDataHex).expirationMs);
  });
}

async function solidMs(): Promise<number> {
  const cursor = await queryOne<{ time_ms: bigint }>(
    desk.database.read(),
    `select time_ms from chain_cursors where name = 'solid'`,
  );
  return Number(present(cursor, 'cursor').time_ms);
}

it('dates an attempt by the newest chain time that the desk knows, not by a head left behind', async () => {
  await desk.wallet(60_000n);
  await desk.place({ receiver: await desk.address() });
  const solid = await solidMs();
  expect(await begin(solid - 3_600_000)).toEqual([solid + 45_000]);
  const later = solid + 60_000;
  await desk.place({ receiver: await desk.address() });
  expect(await begin(later)).toEqual([later + 45_000]);
  await desk.place({ receiver: await desk.address() });
  expect(await begin(solid)).toEqual([later + 1 + 45_000]);
});
