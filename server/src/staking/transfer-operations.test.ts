import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import {
  accountAtHead,
  intend,
  LANDED,
  noMoreWaiting,
  operation,
  trx,
} from '../testing/wallet-operations.ts';

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

describe('a transfer', () => {
  it('twice is two, and the same one sent twice is one', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await accountAtHead(desk, to.address)).balance;
    const transfer = { kind: 'transfer', to: to.address, amountSun: trx(10) } as const;
    const first = await intend(desk, from.id, transfer, 'rent of May');
    const second = await intend(desk, from.id, transfer, 'rent of June');
    expect(await intend(desk, from.id, transfer, 'rent of May')).toBe(first);
    expect(second).not.toBe(first);
    await expect(
      intend(desk, from.id, { ...transfer, amountSun: trx(11) }, 'rent of May'),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', field: 'input.clientId' });
    await desk.blocks(LANDED);
    expect((await accountAtHead(desk, to.address)).balance).toBe(before + trx(20));
    const clicks = await Promise.all(
      [1, 2, 3].map(() => intend(desk, from.id, transfer, 'rent of July')),
    );
    expect(new Set(clicks).size).toBe(1);
    await desk.blocks(LANDED);
    expect((await accountAtHead(desk, to.address)).balance).toBe(before + trx(30));
  });

  it('whose transaction was lost is paid again only once that is proved dead', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await accountAtHead(desk, to.address)).balance;
    await desk.control('faults', { kind: 'never-included', count: 1 });
    const id = await intend(desk, from.id, {
      kind: 'transfer',
      to: to.address,
      amountSun: trx(10),
    });
    await desk.blocks(6);
    expect(await operation(desk, id)).toMatchObject({ state: 'ATTEMPTING', attempts: 1 });
    await desk.control('advance', { ms: 60_000 });
    await desk.blocks(LANDED + 4);
    expect(await operation(desk, id)).toMatchObject({ state: 'SOLID', attempts: 2 });
    expect((await accountAtHead(desk, to.address)).balance).toBe(before + trx(10));
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
    const id = await intend(desk, wallet.id, { kind: 'transfer', to: treasury, amountSun: trx(3) });
    await desk.work.engine.runOnce();
    expect(await operation(desk, id)).toEqual({
      state: 'INTENDED',
      attempts: 1,
      last_problem: `The signer refused (RECEIVER_NOT_ALLOWED): The policy's transferReceivers do not name ${treasury}.`,
      waiting: true,
    });
    await desk.work.engine.runOnce();
    expect(await operation(desk, id)).toMatchObject({ attempts: 1 });
    await noMoreWaiting(desk, id);
    await desk.work.engine.runOnce();
    expect(await operation(desk, id)).toMatchObject({
      state: 'INTENDED',
      attempts: 2,
      waiting: true,
    });
    desk.transferReceivers.push(treasury);
    await noMoreWaiting(desk, id);
    await desk.blocks(LANDED);
    expect(await operation(desk, id)).toMatchObject({
      state: 'SOLID',
      attempts: 3,
      last_problem: null,
    });
    expect((await accountAtHead(desk, treasury)).balance).toBe(trx(4));
  });

  it('that a fork takes away lands again, once', async () => {
    const [from, to] = [await desk.wallet(100n), await desk.wallet(100n)];
    const before = (await accountAtHead(desk, to.address)).balance;
    const id = await intend(desk, from.id, { kind: 'transfer', to: to.address, amountSun: trx(7) });
    await desk.work.engine.runOnce();
    await desk.blocks();
    expect(await operation(desk, id)).toMatchObject({ state: 'INCLUDED' });
    await desk.control('fork', { depth: 1, drop: true });
    await desk.blocks(2);
    await noMoreWaiting(desk, id);
    await desk.blocks(LANDED);
    expect(await operation(desk, id)).toMatchObject({ state: 'SOLID', attempts: 1 });
    expect((await accountAtHead(desk, to.address)).balance).toBe(before + trx(7));
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
