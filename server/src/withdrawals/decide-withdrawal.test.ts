import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { systemAccount } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { decide, PayoutDesk } from '../testing/payout-desk.ts';
import { intendWithdrawal } from './intend-withdrawal.ts';

let desk: PayoutDesk;
beforeEach(async () => {
  desk = await PayoutDesk.start();
});
afterEach(() => desk.stop());

describe('a person', () => {
  it('has to agree to a large one, and cannot be who asked for it', async () => {
    const user = await desk.core.user(5_000n);
    const address = await desk.core.address();
    const large = await desk.ask(user, '1000.000001', address);
    expect(large).toMatchObject({ state: 'WAITING', waitsBecause: 'It is more than 1000 TRX.' });
    const own = await desk.ask(user, '20', address, { by: desk.finance });
    expect(own.state).toBe('WAITING');
    await desk.core.blocks(3);
    expect((await desk.read(large.id)).state).toBe('WAITING');
    expect(await desk.finance.refusal(decide('approve', own.id))).toMatchObject({
      code: 'FORBIDDEN',
      details: { reason: 'SECOND_PERSON' },
    });
    const machine = await desk.desk.client('FINANCE');
    expect(await machine.refusal(decide('approve', large.id))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await desk.bot.refusal(decide('approve', large.id))).toMatchObject({
      code: 'FORBIDDEN',
    });

    await desk.finance.request(decide('approve', large.id));
    await desk.finance.request(decide('approve', large.id));
    const second = await desk.desk.operator('FINANCE');
    await second.request(decide('approve', own.id));
    await desk.core.blocks(8);
    expect(await desk.read(large.id)).toMatchObject({
      state: 'SETTLED',
      decidedBy: { id: desk.finance.id },
      decisionReason: 'looked at',
    });
    expect(await desk.read(own.id, desk.finance)).toMatchObject({ state: 'SETTLED' });
    expect((await desk.paidTo(address)).toSorted()).toEqual(['19000000', '999000001']);
    const audit = await query<{ action: string }>(
      desk.core.database.read(),
      `select action from audit_log where subject_id = $1 order by id`,
      [large.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'withdrawal.request',
      'withdrawal.approve',
      'withdrawal.approve',
    ]);
  });

  it('can refuse it, or the user call it back, and the money is there again, once', async () => {
    const user = await desk.core.user(3_000n);
    const address = await desk.core.address();
    const large = await desk.ask(user, '2000', address);
    await desk.finance.request(decide('reject', large.id));
    await desk.finance.request(decide('reject', large.id));
    expect((await desk.read(large.id)).state).toBe('REJECTED');
    expect(await desk.balance(user)).toEqual({ available: '3000', held: '0' });
    expect(await desk.finance.refusal(decide('approve', large.id))).toMatchObject({
      code: 'ILLEGAL_STATE',
    });

    const small = await desk.ask(user, '30', address);
    const stranger = await desk.desk.client('BOT');
    expect(await stranger.refusal(decide('cancel', small.id))).toMatchObject({
      code: 'NOT_FOUND',
    });
    await desk.bot.request(decide('cancel', small.id));
    expect(await desk.balance(user)).toEqual({ available: '3000', held: '0' });

    const late = await desk.ask(user, '30', address);
    await desk.core.blocks(2);
    expect(await desk.bot.refusal(decide('cancel', late.id))).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await desk.core.blocks(6);
    expect(await desk.paidTo(address)).toEqual(['29000000']);
  });
});

it('returns money that is nobody’s balance, and puts it back when that is refused', async () => {
  const { core } = desk;
  const address = await core.address();
  // Of an account of the desk that no deposit's rule watches; deposits test their own returns.
  const give = async (): Promise<string> =>
    core.database.transaction(core.actor, async (em) => {
      const unclaimed = await systemAccount(em, 'desk.unclaimed.kept', 'TRX');
      const came = await systemAccount(em, 'desk.adjustments', 'TRX');
      const deposit = core.ids.next();
      await postTransfers(em, core.actor, [
        {
          kind: 'adjustment',
          reference: deposit,
          postings: [
            { account: unclaimed, amount: 40n * UNIT },
            { account: came, amount: -40n * UNIT },
          ],
        },
      ]);
      return intendWithdrawal(em, core.ids, {
        source: { kind: 'account', code: 'desk.unclaimed.kept' },
        origin: 'DEPOSIT_RETURN',
        reference: deposit,
        currency: 'TRX',
        gross: 40n * UNIT,
        fee: 4n * UNIT,
        address,
        reason: 'unknown sender',
        approval: 'wait',
      });
    });
  const [paid, refused] = [await give(), await give()];
  await desk.finance.request(decide('approve', paid));
  await desk.finance.request(decide('reject', refused));
  await core.blocks(8);
  expect((await desk.read(paid, desk.finance)).state).toBe('SETTLED');
  expect((await desk.read(refused, desk.finance)).state).toBe('REJECTED');
  expect(await desk.paidTo(address)).toEqual(['36000000']);
  const left = await queryOne<{ balance: bigint }>(
    core.database.read(),
    `select balance from ledger_accounts where code = 'desk.unclaimed.kept' and asset = 'TRX'`,
  );
  expect(left?.balance).toBe(40n * UNIT);
});
