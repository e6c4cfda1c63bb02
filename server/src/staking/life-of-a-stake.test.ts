import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { StakingCaller } from '../testing/staking-caller.ts';
import { accountAtHead, LANDED } from '../testing/wallet-operations.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let staking: StakingCaller;
beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  staking = new StakingCaller(desk, operator);
});
afterEach(() => expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url));
afterAll(() => desk.stop());

describe('an operator', () => {
  it('stakes, unstakes, thinks better of it, unstakes again and withdraws after 14 days', async () => {
    const wallet = await desk.core.wallet(1_000n, 'Alpha');
    const walletId = wallet.id;
    const stake = await staking.command('stakeTrx', {
      walletId,
      amount: '200.5',
      reason: ' more to sell ',
    });
    expect(stake).toMatchObject({
      kind: 'FREEZE',
      state: 'INTENDED',
      purpose: 'WALLET',
      owner: wallet.address,
      receiver: null,
      amount: '200500000',
      resource: 'ENERGY',
      reason: 'more to sell',
      lastProblem: null,
      votes: null,
      permissions: null,
      actor: { kind: 'OPERATOR', id: operator.id },
      wallet: { id: walletId, label: 'Alpha' },
      attempts: [],
    });
    await desk.core.blocks(LANDED);
    expect(await staking.shown(stake.id)).toMatchObject({
      state: 'SOLID',
      attemptCount: 1,
      attempts: [{ state: 'SOLID' }],
    });
    expect((await accountAtHead(desk.core, wallet.address)).frozen.energy).toBe(1_200_500_000n);

    await staking.command('unstakeTrx', { walletId, amount: '300' });
    await desk.core.blocks(LANDED);
    const calendar = await staking.calendarOf(walletId);
    expect(calendar).toMatchObject({
      unstaking: [{ amount: '300', matured: false }],
      withdrawable: '0',
      energyStake: '900.5',
      votingPower: '900',
    });
    expect(calendar.nextWithdrawalAt).toBe(calendar.unstaking[0]?.at);
    expect(await staking.refused('withdrawUnstaked', { walletId })).toEqual({
      code: 'ILLEGAL_STATE',
      field: 'input.walletId',
    });

    const cancelled = await staking.command('cancelUnstaking', { walletId });
    expect(cancelled).toMatchObject({ kind: 'CANCEL_UNFREEZE', amount: null, resource: null });
    await desk.core.blocks(LANDED);
    expect((await accountAtHead(desk.core, wallet.address)).frozen.energy).toBe(1_200_500_000n);
    expect((await staking.calendarOf(walletId)).unstaking).toEqual([]);
    expect((await staking.refused('cancelUnstaking', { walletId })).code).toBe('ILLEGAL_STATE');

    await staking.command('unstakeTrx', { walletId, amount: '100' });
    await desk.core.blocks(LANDED);
    await desk.core.control('advance', { ms: 14 * DAY_MS });
    await desk.core.blocks(LANDED);
    expect(await staking.calendarOf(walletId)).toMatchObject({
      unstaking: [{ amount: '100', matured: true }],
      withdrawable: '100',
      nextWithdrawalAt: null,
    });
    const { balance } = await accountAtHead(desk.core, wallet.address);
    const withdrawal = await staking.command('withdrawUnstaked', { walletId });
    expect((await staking.refused('withdrawUnstaked', { walletId })).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect(await staking.shown(withdrawal.id)).toMatchObject({
      kind: 'WITHDRAW_EXPIRED',
      state: 'SOLID',
    });
    expect((await accountAtHead(desk.core, wallet.address)).balance).toBe(balance + 100_000_000n);
    const audit = await query<{ action: string }>(
      desk.core.database.read(),
      `select action from audit_log where subject_id = $1 order by id`,
      [walletId],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'wallet.stake',
      'wallet.unstake',
      'wallet.cancel_unstaking',
      'wallet.unstake',
      'wallet.withdraw',
    ]);
  });

  it('keeps at most 32 unstakings of a wallet, as the chain does', async () => {
    const wallet = await desk.core.wallet(100n, 'Many');
    for (let number = 0; number < 32; number += 1) {
      await staking.command('unstakeTrx', { walletId: wallet.id, amount: '1' });
    }
    const more = { walletId: wallet.id, amount: '1' };
    expect((await staking.refused('unstakeTrx', more)).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect((await accountAtHead(desk.core, wallet.address)).unfreezing).toHaveLength(32);
    expect((await staking.refused('unstakeTrx', more)).code).toBe('ILLEGAL_STATE');
  });

  it('votes for witnesses and claims what they pay, once a day', async () => {
    const wallet = await desk.core.wallet(1_000_000n, 'Voter');
    const walletId = wallet.id;
    await desk.core.blocks(2);
    const { witnesses } = await operator.request<{
      witnesses: { address: string; votes: string; active: boolean; brokerage: number | null }[];
    }>('{ witnesses(first: 3) { address url votes active brokerage } }');
    expect(witnesses).toHaveLength(3);
    expect(witnesses[0]).toMatchObject({ active: true, brokerage: 20 });
    const [first, second] = witnesses.map(({ address }) => address);
    expect((await staking.refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');

    const votes = [
      { witness: first, count: 999_000 },
      { witness: second, count: 1_000 },
    ];
    const vote = await staking.command('voteForWitnesses', { walletId, votes });
    expect(vote).toMatchObject({
      kind: 'VOTE',
      votes: votes.map(({ witness, count }) => ({ witness, count: String(count) })),
    });
    await desk.core.blocks(LANDED);
    expect((await accountAtHead(desk.core, wallet.address)).votes).toEqual(
      votes.map(({ witness, count }) => ({ witness, count: BigInt(count) })),
    );
    await desk.core.control('advance', { ms: 6 * HOUR_MS });
    await desk.core.blocks(28);
    await desk.core.control('advance', { ms: 6 * HOUR_MS });
    await desk.core.blocks(LANDED);
    const before = await staking.calendarOf(walletId);
    expect(before).toMatchObject({ lastClaimAt: null, nextClaimAt: null });
    expect(Number(before.rewards)).toBeGreaterThan(0);
    const { balance } = await accountAtHead(desk.core, wallet.address);
    const claim = await staking.command('claimRewards', { walletId });
    expect((await staking.refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect(await staking.shown(claim.id)).toMatchObject({ kind: 'CLAIM_REWARDS', state: 'SOLID' });
    const after = await accountAtHead(desk.core, wallet.address);
    expect(after.balance).toBeGreaterThan(balance);
    const claimed = await staking.calendarOf(walletId);
    expect(Date.parse(present(claimed.nextClaimAt, 'next claim'))).toBe(
      Date.parse(present(claimed.lastClaimAt, 'last claim')) + DAY_MS,
    );
    expect((await staking.refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');
  });
});
