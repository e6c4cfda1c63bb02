import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../chain/address.ts';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { change } from '../settings/change-settings.ts';
import { CATALOGUE } from '../settings/catalogue.ts';
import { PayoutDesk } from '../testing/payout-desk.ts';

const contract = parseAddress(CATALOGUE['deposits.usdtContract'].default);

let desk: PayoutDesk;
beforeEach(async () => {
  desk = await PayoutDesk.start();
});
afterEach(() => desk.stop());

const usdt = { currency: 'USDT' } as const;

/** What the chain took for the treasury's transactions, as booked. */
async function costs(): Promise<bigint> {
  const row = await queryOne<{ balance: bigint }>(
    desk.core.database.read(),
    `select balance from ledger_accounts where code = 'chain.fees' and asset = 'TRX'`,
  );
  return row?.balance ?? 0n;
}

async function attempt(): Promise<{ state: string; evidence: unknown } | undefined> {
  return queryOne(
    desk.core.database.read(),
    `select a.state, a.evidence from attempts a join chain_operations o on o.id = a.operation_id
     where o.kind = 'TOKEN_TRANSFER' order by a.id desc limit 1`,
  );
}

describe('a withdrawal of USDT', () => {
  it('is paid in USDT, and what it burns is a cost of the desk', async () => {
    const user = await desk.userWithUsdt(100n);
    const address = await desk.core.address();
    const asked = await desk.ask(user, '60', address, usdt);
    expect(asked).toMatchObject({
      state: 'APPROVED',
      fee: { amount: '3' },
      activationFee: { amount: '0' },
      received: { amount: '57', currency: 'USDT' },
    });
    expect(await desk.balance(user, 'USDT')).toEqual({ available: '40', held: '60' });
    await desk.core.blocks(8);
    expect(await desk.read(asked.id)).toMatchObject({
      state: 'SETTLED',
      operation: { kind: 'TOKEN_TRANSFER', state: 'SOLID' },
    });
    expect(await desk.balance(user, 'USDT')).toEqual({ available: '40', held: '0' });
    expect(await desk.paidTo(address, 'usdt')).toEqual(['57000000']);
    // A first transfer to an address: 130,285 Energy, all but what 1 TRX of stake yields is burnt.
    expect(await costs()).toBeGreaterThan(12n * UNIT);
    expect(
      await desk.bot.request(
        `query ($id: ID!) { withdrawal(id: $id) {
           operation { tokens { contract amount feeLimit } receiver } } }`,
        { id: asked.id },
      ),
    ).toEqual({
      withdrawal: {
        operation: { tokens: { contract, amount: '57', feeLimit: '30' }, receiver: address },
      },
    });
  });

  it('that runs out of Energy on chain is not paid: the money is the user’s again, the fee is spent', async () => {
    await desk.set(change('withdrawals.usdtFeeLimitSun', '1000000'));
    const user = await desk.userWithUsdt(100n);
    const address = await desk.core.address();
    const asked = await desk.ask(user, '60', address, usdt);
    await desk.core.blocks(8);
    expect(await desk.read(asked.id)).toMatchObject({
      state: 'FAILED',
      txid: null,
      problem: expect.stringMatching(/failed there: nothing was moved/) as string,
      operation: { kind: 'TOKEN_TRANSFER', state: 'ABANDONED' },
      // Never told as paid, not even for a moment.
      history: [{ to: 'APPROVED' }, { to: 'SENDING' }, { to: 'FAILED' }],
    });
    expect(await attempt()).toMatchObject({
      state: 'FAILED',
      evidence: { failedInBlock: expect.any(Number) as number },
    });
    expect(await desk.balance(user, 'USDT')).toEqual({ available: '100', held: '0' });
    expect(await desk.paidTo(address, 'usdt')).toEqual([]);
    // All that it may burn, but for what 1 TRX of stake yields.
    expect(await costs()).toBeGreaterThan(990_000n);
  });

  it('that the contract reverts is not paid either, and not tried again', async () => {
    const user = await desk.userWithUsdt(100n, 50n);
    const [address, elsewhere] = [await desk.core.address(), await desk.core.address()];
    // Somebody empties the account in the very block.
    const { address: owner } = desk.treasury;
    const feeLimitSun = 30n * UNIT;
    const amount = 45n * UNIT;
    await desk.core.byHand({
      kind: 'tokenTransfer',
      owner,
      contract,
      to: elsewhere,
      amount,
      feeLimitSun,
    });
    const asked = await desk.ask(user, '40', address, usdt);
    await desk.core.blocks(8);
    expect(await desk.read(asked.id)).toMatchObject({ state: 'FAILED' });
    expect(await desk.balance(user, 'USDT')).toEqual({ available: '100', held: '0' });
    const attempts = await query(
      desk.core.database.read(),
      `select from attempts a join chain_operations o on o.id = a.operation_id
       where o.kind = 'TOKEN_TRANSFER'`,
    );
    expect(attempts).toHaveLength(1);
    expect(await desk.paidTo(address, 'usdt')).toEqual([]);
  });

  it('waits while the wallet has too few, says so, and lets smaller ones and TRX go on', async () => {
    const user = await desk.userWithUsdt(100n, 30n);
    const address = await desk.core.address();
    const large = await desk.ask(user, '60', address, usdt);
    const small = await desk.ask(user, '20', address, usdt);
    const trx = await desk.ask(await desk.core.user(50n), '20', address);
    await desk.core.blocks(8);
    expect(await desk.read(large.id)).toMatchObject({
      state: 'APPROVED',
      problem: expect.stringMatching(/has 13 USDT to spare/) as string,
    });
    expect((await desk.read(small.id)).state).toBe('SETTLED');
    expect((await desk.read(trx.id)).state).toBe('SETTLED');
    await desk.core.control('fund', {
      address: desk.treasury.address,
      usdt: (50n * UNIT).toString(),
    });
    await desk.core.blocks(12);
    expect((await desk.read(large.id)).state).toBe('SETTLED');
    expect(await desk.paidTo(address, 'usdt')).toEqual(['17000000', '57000000']);
  });

  it('has limits of its own', async () => {
    const user = await desk.userWithUsdt(9_000n);
    const address = await desk.core.address();
    await desk.set(change('withdrawals.userDailyMicroUsdt', '700000000'));
    expect(await desk.refusal(user, '9.999999', address, usdt)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: 'Withdraw at least 10 USDT.',
    });
    expect(await desk.refusal(user, '3001', address, usdt)).toMatchObject({
      message: 'Withdraw at most 3000 USDT at once.',
    });
    const large = await desk.ask(user, '301', address, usdt);
    expect(large).toMatchObject({ state: 'WAITING', waitsBecause: 'It is more than 300 USDT.' });
    expect(await desk.refusal(user, '400', address, usdt)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    const terms = `query { trx: withdrawalTerms { fee minimum activationFee }
      usdt: withdrawalTerms(currency: USDT) { fee minimum activationFee approvalAbove } }`;
    expect(await desk.bot.request(terms)).toEqual({
      trx: { fee: '1', minimum: '10', activationFee: '1.1' },
      usdt: { fee: '3', minimum: '10', activationFee: '0', approvalAbove: '300' },
    });
  });
});
