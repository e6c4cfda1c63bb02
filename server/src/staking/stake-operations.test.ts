import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import {
  accountAtHead,
  holdOf,
  intend,
  LANDED,
  operation,
  passDeadline,
  stock,
  trx,
} from '../testing/wallet-operations.ts';
import { cancelWalletOperation } from './cancel-wallet-operation.ts';

let desk: CoreDesk;
beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterEach(async () => {
  await fetch(`${desk.devnet.url}/devnet/faults`, { method: 'DELETE' });
  desk.errors.length = 0;
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
});
afterAll(() => desk.stop());

describe('staking', () => {
  it('puts TRX to work, and the desk sells them once they are solid', async () => {
    const wallet = await desk.wallet(1_000n);
    const id = await intend(desk, wallet.id, {
      kind: 'freeze',
      amountSun: trx(500),
      resource: 'ENERGY',
    });
    await desk.blocks(LANDED);
    expect(await operation(desk, id)).toMatchObject({
      state: 'SOLID',
      attempts: 1,
      last_problem: null,
    });
    expect((await accountAtHead(desk, wallet.address)).frozen.energy).toBe(trx(1_500));
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(1_500), committed: 0n });
    expect(desk.errors).toEqual([]);
  });

  it('does not spend the same TRX twice while the first stake is under way', async () => {
    const wallet = await desk.wallet(1_000n);
    const freeze = { kind: 'freeze', amountSun: trx(600), resource: 'ENERGY' } as const;
    await intend(desk, wallet.id, freeze);
    await expect(intend(desk, wallet.id, freeze)).rejects.toMatchObject({
      code: 'WALLET_BALANCE_TOO_LOW',
      field: 'input.amount',
    });
    await desk.blocks(LANDED);
    // The observation knows of it now: 400 TRX less the reserve of 5 are left, and bandwidth was free.
    await expect(intend(desk, wallet.id, freeze)).rejects.toMatchObject({
      code: 'WALLET_BALANCE_TOO_LOW',
    });
    await intend(desk, wallet.id, { ...freeze, amountSun: trx(395) });
    await desk.blocks(LANDED);
    expect((await accountAtHead(desk, wallet.address)).frozen.energy).toBe(trx(1_995));
  });
});

describe('unstaking', () => {
  it('takes the stake out of the sale at once and for good', async () => {
    const wallet = await desk.wallet(10_000n, 'unstaking');
    const unfreeze = { kind: 'unfreeze', amountSun: trx(7_000), resource: 'ENERGY' } as const;
    const id = await intend(desk, wallet.id, unfreeze);
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(10_000), committed: trx(7_000) });
    expect(await holdOf(desk, id)).toBe('HELD');
    await expect(intend(desk, wallet.id, unfreeze)).rejects.toMatchObject({
      code: 'STAKE_NOT_FREE',
      details: { free: trx(3_000).toString() },
    });
    for (let block = 0; block < LANDED; block += 1) {
      await desk.blocks();
      const { sellable, committed } = await stock(desk, wallet.id);
      expect(sellable - committed).toBeLessThanOrEqual(trx(3_000));
    }
    expect(await operation(desk, id)).toMatchObject({ state: 'SOLID' });
    expect(await holdOf(desk, id)).toBe('SETTLED');
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(3_000), committed: 0n });
  });

  it('and orders at the same time never sell the same stake twice', async () => {
    const wallet = await desk.wallet(9_000n, 'contested');
    const others = await query<{ id: string }>(
      desk.database.read(),
      `select id from wallets where id <> $1 and state = 'ACTIVE'`,
      [wallet.id],
    );
    const pause = (state: string): Promise<unknown> =>
      desk.database.transaction(desk.actor, (em) =>
        query(em, 'update wallets set state = $2 where id = any($1::uuid[])', [
          others.map(({ id }) => id),
          state,
        ]),
      );
    await pause('PAUSED');
    const telegramId = await desk.user(10_000n);
    const receivers = [await desk.address(), await desk.address(), await desk.address()];
    const outcomes = await Promise.allSettled([
      ...receivers.map((receiver) => desk.place({ receiver, telegramId, energy: 65_000n })),
      ...[4_000, 4_000].map((amount) =>
        intend(desk, wallet.id, { kind: 'unfreeze', amountSun: trx(amount), resource: 'ENERGY' }),
      ),
    ]);
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(won.length).toBeGreaterThan(0);
    expect(won.length).toBeLessThan(outcomes.length);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect((outcome.reason as { code: string }).code).toMatch(
        /^(INSUFFICIENT_STOCK|STAKE_NOT_FREE)$/,
      );
    }
    const { sellable, committed } = await stock(desk, wallet.id);
    expect(committed).toBeLessThanOrEqual(sellable);
    await desk.blocks(LANDED + 2);
    const refused = await query(
      desk.database.read(),
      `select from attempts where owner = $1 and last_answer ~ 'VALIDATE'`,
      [wallet.address],
    );
    expect(refused).toEqual([]);
    await pause('ACTIVE');
  });

  it('that is given up is for sale again', async () => {
    const wallet = await desk.wallet(2_000n);
    await desk.control('faults', { kind: 'never-included' });
    const id = await intend(desk, wallet.id, {
      kind: 'unfreeze',
      amountSun: trx(2_000),
      resource: 'ENERGY',
    });
    await desk.blocks(2);
    await passDeadline(desk, id);
    await desk.blocks(2);
    // One transaction is out there: only the chain can say that it never lands.
    expect(await operation(desk, id)).toMatchObject({ state: 'ATTEMPTING' });
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(2_000), committed: trx(2_000) });
    await desk.control('advance', { ms: 60_000 });
    await desk.blocks(LANDED);
    expect(await operation(desk, id)).toMatchObject({ state: 'ABANDONED', attempts: 1 });
    expect(await holdOf(desk, id)).toBe('RELEASED');
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(2_000), committed: 0n });
  });

  it('is called back before anything was sent, not after', async () => {
    const wallet = await desk.wallet(2_000n);
    const unfreeze = { kind: 'unfreeze', amountSun: trx(500), resource: 'ENERGY' } as const;
    const cancel = (id: string): Promise<void> =>
      desk.database.transaction(desk.actor, (em) => cancelWalletOperation(em, id, 'a test'));
    const early = await intend(desk, wallet.id, unfreeze);
    await cancel(early);
    await cancel(early);
    expect(await operation(desk, early)).toMatchObject({ state: 'CANCELLED' });
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(2_000), committed: 0n });
    const late = await intend(desk, wallet.id, unfreeze);
    await desk.work.engine.runOnce();
    await expect(cancel(late)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await desk.blocks(LANDED);
    expect(await stock(desk, wallet.id)).toEqual({ sellable: trx(1_500), committed: 0n });
  });
});
