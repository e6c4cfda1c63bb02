import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { cancelWalletOperation } from './cancel-wallet-operation.ts';
import type { WalletEffect } from './check-wallet-operation.ts';
import { intendWalletOperation } from './intend-wallet-operation.ts';

/** Blocks until something that is intended now is solid and seen. */
const LANDED = 8;

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

const trx = (amount: number): bigint => BigInt(amount) * UNIT;

function intend(
  walletId: string,
  effect: WalletEffect,
  clientId = desk.ids.next(),
): Promise<string> {
  return desk.database.transaction(desk.actor, (em) =>
    intendWalletOperation(em, desk.ids, { walletId, effect, clientId, reason: 'a test' }),
  );
}

interface Operation {
  state: string;
  attempts: number;
  last_problem: string | null;
  waiting: boolean;
}

async function operation(id: string): Promise<Operation> {
  const row = await queryOne<Operation>(
    desk.database.read(),
    `select state, attempts, last_problem, due_at > desk_now() as waiting
     from chain_operations where id = $1`,
    [id],
  );
  return present(row, 'operation');
}

async function account(address: Address): Promise<AccountState> {
  return present(await desk.chain.nodes.read((node) => node.account('head', address)), 'account');
}

interface Stock {
  sellable: bigint;
  committed: bigint;
}

async function stock(walletId: string): Promise<Stock> {
  const row = await queryOne<Stock>(
    desk.database.read(),
    'select sellable_sun as sellable, committed_sun as committed from wallets where id = $1',
    [walletId],
  );
  return present(row, 'wallet');
}

async function holdOf(id: string): Promise<string | undefined> {
  const row = await queryOne<{ state: string }>(
    desk.database.read(),
    'select state from wallet_holds where id = $1',
    [id],
  );
  return row?.state;
}

/** The time of the operation is over. */
async function passDeadline(id: string): Promise<void> {
  await desk.database.transaction(desk.actor, (em) =>
    query(
      em,
      `update chain_operations set deadline_at = desk_now() - interval '1 second' where id = $1`,
      [id],
    ),
  );
}

async function noMoreWaiting(id: string): Promise<void> {
  await desk.database.transaction(desk.actor, (em) =>
    query(em, `update chain_operations set due_at = desk_now() where id = $1`, [id]),
  );
}

describe('staking', () => {
  it('puts TRX to work, and the desk sells them once they are solid', async () => {
    const wallet = await desk.wallet(1_000n);
    const id = await intend(wallet.id, { kind: 'freeze', amountSun: trx(500), resource: 'ENERGY' });
    await desk.blocks(LANDED);
    expect(await operation(id)).toMatchObject({ state: 'SOLID', attempts: 1, last_problem: null });
    expect((await account(wallet.address)).frozen.energy).toBe(trx(1_500));
    expect(await stock(wallet.id)).toEqual({ sellable: trx(1_500), committed: 0n });
    expect(desk.errors).toEqual([]);
  });

  it('does not spend the same TRX twice while the first stake is under way', async () => {
    const wallet = await desk.wallet(1_000n);
    const freeze = { kind: 'freeze', amountSun: trx(600), resource: 'ENERGY' } as const;
    await intend(wallet.id, freeze);
    await expect(intend(wallet.id, freeze)).rejects.toMatchObject({
      code: 'WALLET_BALANCE_TOO_LOW',
      field: 'input.amount',
    });
    await desk.blocks(LANDED);
    // The observation knows of it now: 400 TRX less the reserve of 5 are left, and bandwidth was free.
    await expect(intend(wallet.id, freeze)).rejects.toMatchObject({
      code: 'WALLET_BALANCE_TOO_LOW',
    });
    await intend(wallet.id, { ...freeze, amountSun: trx(395) });
    await desk.blocks(LANDED);
    expect((await account(wallet.address)).frozen.energy).toBe(trx(1_995));
  });
});

describe('unstaking', () => {
  it('takes the stake out of the sale at once and for good', async () => {
    const wallet = await desk.wallet(10_000n, 'unstaking');
    const unfreeze = { kind: 'unfreeze', amountSun: trx(7_000), resource: 'ENERGY' } as const;
    const id = await intend(wallet.id, unfreeze);
    expect(await stock(wallet.id)).toEqual({ sellable: trx(10_000), committed: trx(7_000) });
    expect(await holdOf(id)).toBe('HELD');
    await expect(intend(wallet.id, unfreeze)).rejects.toMatchObject({
      code: 'STAKE_NOT_FREE',
      details: { free: trx(3_000).toString() },
    });
    for (let block = 0; block < LANDED; block += 1) {
      await desk.blocks();
      const { sellable, committed } = await stock(wallet.id);
      expect(sellable - committed).toBeLessThanOrEqual(trx(3_000));
    }
    expect(await operation(id)).toMatchObject({ state: 'SOLID' });
    expect(await holdOf(id)).toBe('SETTLED');
    expect(await stock(wallet.id)).toEqual({ sellable: trx(3_000), committed: 0n });
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
        intend(wallet.id, { kind: 'unfreeze', amountSun: trx(amount), resource: 'ENERGY' }),
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
    const { sellable, committed } = await stock(wallet.id);
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
    const id = await intend(wallet.id, {
      kind: 'unfreeze',
      amountSun: trx(2_000),
      resource: 'ENERGY',
    });
    await desk.blocks(2);
    await passDeadline(id);
    await desk.blocks(2);
    // One transaction is out there: only the chain can say that it never lands.
    expect(await operation(id)).toMatchObject({ state: 'ATTEMPTING' });
    expect(await stock(wallet.id)).toEqual({ sellable: trx(2_000), committed: trx(2_000) });
    await desk.control('advance', { ms: 60_000 });
    await desk.blocks(LANDED);
    expect(await operation(id)).toMatchObject({ state: 'ABANDONED', attempts: 1 });
    expect(await holdOf(id)).toBe('RELEASED');
    expect(await stock(wallet.id)).toEqual({ sellable: trx(2_000), committed: 0n });
  });

  it('is called back before anything was sent, not after', async () => {
    const wallet = await desk.wallet(2_000n);
    const unfreeze = { kind: 'unfreeze', amountSun: trx(500), resource: 'ENERGY' } as const;
    const cancel = (id: string): Promise<void> =>
      desk.database.transaction(desk.actor, (em) => cancelWalletOperation(em, id, 'a test'));
    const early = await intend(wallet.id, unfreeze);
    await cancel(early);
    await cancel(early);
    expect(await operation(early)).toMatchObject({ state: 'CANCELLED' });
    expect(await stock(wallet.id)).toEqual({ sellable: trx(2_000), committed: 0n });
    const late = await intend(wallet.id, unfreeze);
    await desk.work.engine.runOnce();
    await expect(cancel(late)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await desk.blocks(LANDED);
    expect(await stock(wallet.id)).toEqual({ sellable: trx(1_500), committed: 0n });
  });
});

describe('a transfer', () => {
  it('twice is two, and the same one sent twice is one', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await account(to.address)).balance;
    const transfer = { kind: 'transfer', to: to.address, amountSun: trx(10) } as const;
    const first = await intend(from.id, transfer, 'rent of May');
    const second = await intend(from.id, transfer, 'rent of June');
    expect(await intend(from.id, transfer, 'rent of May')).toBe(first);
    expect(second).not.toBe(first);
    await expect(
      intend(from.id, { ...transfer, amountSun: trx(11) }, 'rent of May'),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', field: 'input.clientId' });
    await desk.blocks(LANDED);
    expect((await account(to.address)).balance).toBe(before + trx(20));
    const clicks = await Promise.all(
      [1, 2, 3].map(() => intend(from.id, transfer, 'rent of July')),
    );
    expect(new Set(clicks).size).toBe(1);
    await desk.blocks(LANDED);
    expect((await account(to.address)).balance).toBe(before + trx(30));
  });

  it('whose transaction was lost is paid again only once that is proved dead', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await account(to.address)).balance;
    await desk.control('faults', { kind: 'never-included', count: 1 });
    const id = await intend(from.id, { kind: 'transfer', to: to.address, amountSun: trx(10) });
    await desk.blocks(6);
    expect(await operation(id)).toMatchObject({ state: 'ATTEMPTING', attempts: 1 });
    await desk.control('advance', { ms: 60_000 });
    await desk.blocks(LANDED + 4);
    expect(await operation(id)).toMatchObject({ state: 'SOLID', attempts: 2 });
    expect((await account(to.address)).balance).toBe(before + trx(10));
    const attempts = await query<{ state: string; evidence: unknown }>(
      desk.database.read(),
      'select state, evidence from attempts where operation_id = $1 order by number',
      [id],
    );
    expect(attempts.map(({ state }) => state)).toEqual(['DEAD', 'SOLID']);
    expect(attempts[0]?.evidence).toMatchObject({ expirationMs: expect.any(Number) as number });
  });

  it('that the signer refuses says why, waits longer each time, and is done once it may be', async () => {
    const wallet = await desk.wallet(100n);
    const treasury = await desk.address();
    await desk.database.transaction(desk.actor, (em) =>
      changeSettings(
        em,
        desk.actor,
        [change('staking.treasuryAddresses', [treasury])],
        'the treasury',
      ),
    );
    const id = await intend(wallet.id, { kind: 'transfer', to: treasury, amountSun: trx(3) });
    await desk.work.engine.runOnce();
    expect(await operation(id)).toEqual({
      state: 'INTENDED',
      attempts: 1,
      last_problem: `The signer refused (RECEIVER_NOT_ALLOWED): The policy's transferReceivers do not name ${treasury}.`,
      waiting: true,
    });
    await desk.work.engine.runOnce();
    expect(await operation(id)).toMatchObject({ attempts: 1 });
    await noMoreWaiting(id);
    await desk.work.engine.runOnce();
    expect(await operation(id)).toMatchObject({ state: 'INTENDED', attempts: 2, waiting: true });
    desk.transferReceivers.push(treasury);
    await noMoreWaiting(id);
    await desk.blocks(LANDED);
    expect(await operation(id)).toMatchObject({ state: 'SOLID', attempts: 3, last_problem: null });
    expect((await account(treasury)).balance).toBe(trx(4));
  });

  it('that a fork takes away lands again, once', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await account(to.address)).balance;
    const id = await intend(from.id, { kind: 'transfer', to: to.address, amountSun: trx(7) });
    await desk.work.engine.runOnce();
    await desk.blocks();
    expect(await operation(id)).toMatchObject({ state: 'INCLUDED' });
    await desk.control('fork', { depth: 1, drop: true });
    await desk.blocks(2);
    await noMoreWaiting(id);
    await desk.blocks(LANDED);
    expect(await operation(id)).toMatchObject({ state: 'SOLID', attempts: 1 });
    expect((await account(to.address)).balance).toBe(before + trx(7));
    const events = await query<{ kind: string }>(
      desk.database.read(),
      'select kind from events where subject_id = $1 order by position',
      [id],
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'operation.intended',
      'operation.included',
      'operation.removed',
      'operation.included',
      'operation.solid',
    ]);
  });
});
