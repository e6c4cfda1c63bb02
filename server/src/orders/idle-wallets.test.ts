import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { setWalletState } from '../wallets/set-wallet-state.ts';
import type { WalletState } from '../wallets/wallet-states.ts';
import { reasonsOfOrders } from './order-reasons.ts';

const SOLID = 4;
const HOUR_MS = 3_600_000;
const ATTEMPT_MS = 60_000;

let desk: CoreDesk;
let small: { id: string };

beforeAll(async () => {
  desk = await CoreDesk.start();
});
beforeEach(async () => {
  await desk.database.transaction(desk.actor, (em) =>
    query(em, `update wallets set state = 'DRAINING' where state <> 'DRAINING'`),
  );
  small = await desk.wallet(8_000n, 'small');
});
afterEach(async () => {
  await fetch(`${desk.devnet.url}/devnet/faults`, { method: 'DELETE' });
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
afterAll(async () => {
  expect(desk.errors).toEqual([]);
  await desk.stop();
});

async function become(state: WalletState, walletId = small.id): Promise<void> {
  await desk.database.transaction(desk.actor, (em) =>
    setWalletState(em, { walletId, state, reason: 'for a test' }),
  );
}

async function slices(orderId: string): Promise<string[]> {
  const rows = await query<{ label: string; state: string }>(
    desk.database.read(),
    `select w.label, s.state from order_slices s join wallets w on w.id = s.wallet_id
     where s.order_id = $1 order by s.position`,
    [orderId],
  );
  return rows.map(({ label, state }) => `${label} ${state}`);
}

async function choices(orderId: string): Promise<unknown> {
  const [row] = await query<{ choices: { occasion: string; chosen: { label: string }[] }[] }>(
    desk.database.read(),
    'select wallet_choices as choices from orders where id = $1',
    [orderId],
  );
  return row?.choices.map(({ occasion, chosen }) => [occasion, ...chosen.map((one) => one.label)]);
}

describe.each(['PAUSED', 'QUARANTINED'] as const)(
  'what a wallet that is %s has promised',
  (state) => {
    it('and not sent is delivered by another, which the order tells', async () => {
      const orderId = await desk.place({});
      await become(state);
      await desk.wallet(20_000n, 'other');
      await desk.blocks(SOLID);
      expect(await desk.state(orderId)).toBe('COMPLETED');
      expect(await slices(orderId)).toEqual(['small DROPPED', 'other DELIVERED']);
      expect(await choices(orderId)).toEqual([
        ['PLACED', 'small'],
        ['TAKEN_OVER', 'other'],
      ]);
      const reasons = await reasonsOfOrders(desk.database.read(), [orderId]);
      expect(reasons.get(orderId)?.whyWallets()).toMatch(/^small has the smallest free stake/);
    });

    it('waits where nobody else has the Energy, and is delivered when it is back', async () => {
      const orderId = await desk.place({});
      await become(state);
      await desk.blocks(3);
      expect(await desk.state(orderId)).toBe('PENDING');
      expect(await slices(orderId)).toEqual(['small RESERVED']);
      await become('ACTIVE');
      await desk.blocks(SOLID);
      expect(await slices(orderId)).toEqual(['small DELIVERED']);
    });

    it('is refunded at the order’s deadline at the latest', async () => {
      const orderId = await desk.place({});
      await become(state);
      await desk.database.transaction(desk.actor, (em) =>
        query(
          em,
          `with o as (update orders set deadline_at = desk_now() where id = $1)
         update chain_operations set deadline_at = desk_now()
         where reference in (select id from order_slices where order_id = $1)`,
          [orderId],
        ),
      );
      await desk.blocks(1);
      expect(await desk.state(orderId)).toBe('REFUNDED');
    });

    it('and sent is left to the chain, and moves once that is proved dead', async () => {
      await desk.control('faults', { kind: 'never-included', count: 1 });
      const orderId = await desk.place({});
      await desk.work.engine.runOnce();
      await become(state);
      await desk.wallet(20_000n, 'other');
      await desk.blocks(2);
      expect(await slices(orderId)).toEqual(['small DELEGATING']);
      await desk.control('advance', { ms: ATTEMPT_MS });
      await desk.blocks(2 * SOLID + 1);
      expect(await slices(orderId)).toEqual(['small DROPPED', 'other DELIVERED']);
      expect(await desk.state(orderId)).toBe('COMPLETED');
    });

    it('and delivered is taken back at the end of its time', async () => {
      const receiver = await desk.address();
      await desk.place({ receiver });
      await desk.blocks(SOLID + 1);
      await become(state);
      await desk.control('advance', { ms: HOUR_MS });
      await desk.blocks(2 * SOLID + 2);
      expect(await desk.energyOf(receiver)).toBe(0n);
    });
  },
);

describe('a wallet that is DRAINING', () => {
  it('takes no order, delivers what it has promised, and takes it back', async () => {
    const receiver = await desk.address();
    const orderId = await desk.place({ receiver });
    await become('DRAINING');
    await expect(desk.place({ energy: 1_000n })).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
    });
    await desk.wallet(20_000n, 'other');
    await desk.blocks(SOLID);
    expect(await slices(orderId)).toEqual(['small DELIVERED']);
    await desk.control('advance', { ms: HOUR_MS });
    await desk.blocks(2 * SOLID + 2);
    expect(await desk.energyOf(receiver)).toBe(0n);
  });
});
