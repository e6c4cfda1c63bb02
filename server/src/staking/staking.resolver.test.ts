import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Blocks until something that is intended now is solid and seen. */
const LANDED = 8;

let desk: GraphqlDesk;
let operator: GraphqlCaller;
beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
});
afterEach(() => expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url));
afterAll(() => desk.stop());

const FIELDS = `id kind state purpose owner receiver amount resource reason lastProblem attemptCount
  actor { kind id name } wallet { id label } votes { witness count } permissions { owner { name } }
  attempts { state txid }`;

interface Shown {
  id: string;
  [field: string]: unknown;
}

async function command(
  mutation: string,
  input: Record<string, unknown>,
  caller = operator,
): Promise<Shown> {
  const data = await caller.request<Record<string, Shown>>(run(mutation), {
    input: { clientId: desk.core.ids.next(), reason: 'a test', ...input },
  });
  return present(data[mutation], mutation);
}

function run(mutation: string): string {
  const types: Record<string, string> = {
    stakeTrx: 'StakeInput',
    unstakeTrx: 'StakeInput',
    voteForWitnesses: 'VoteForWitnessesInput',
    transferBetweenWallets: 'TransferInput',
    cancelOperation: 'CancelOperationInput',
  };
  const type = types[mutation] ?? 'WalletCommandInput';
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${FIELDS} } }`;
}

async function shown(id: string): Promise<Shown> {
  const { operation } = await operator.request<{ operation: Shown }>(
    `query ($id: ID!) { operation(id: $id) { ${FIELDS} } }`,
    { id },
  );
  return operation;
}

async function account(address: Address): Promise<AccountState> {
  return present(
    await desk.core.chain.nodes.read((node) => node.account('head', address)),
    'account',
  );
}

interface Entry {
  wallet: { id: string };
  unstaking: { amount: string; matured: boolean; at: string }[];
  withdrawable: string;
  nextWithdrawalAt: string | null;
  rewards: string;
  lastClaimAt: string | null;
  nextClaimAt: string | null;
  votingPower: string;
  votes: { witness: string; count: string }[];
  energyStake: string;
}

async function calendarOf(walletId: string): Promise<Entry> {
  const { stakingCalendar } = await operator.request<{ stakingCalendar: { entries: Entry[] } }>(
    `{ stakingCalendar { chainTime entries { wallet { id } unstaking { resource amount at matured }
       withdrawable nextWithdrawalAt rewards lastClaimAt nextClaimAt votingPower
       votes { witness count } energyStake bandwidthStake observedAt } } }`,
  );
  return present(
    stakingCalendar.entries.find(({ wallet }) => wallet.id === walletId),
    'entry of the wallet',
  );
}

async function refused(
  mutation: string,
  input: Record<string, unknown>,
): Promise<{ code: unknown; field: unknown }> {
  const { code, field } = (await operator.refusal(run(mutation), {
    input: { clientId: desk.core.ids.next(), reason: 'a test', ...input },
  })) as { code: unknown; field?: unknown };
  return { code, field };
}

describe('an operator', () => {
  it('stakes, unstakes, thinks better of it, unstakes again and withdraws after 14 days', async () => {
    const wallet = await desk.core.wallet(1_000n, 'Alpha');
    const walletId = wallet.id;
    const stake = await command('stakeTrx', {
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
    expect(await shown(stake.id)).toMatchObject({
      state: 'SOLID',
      attemptCount: 1,
      attempts: [{ state: 'SOLID' }],
    });
    expect((await account(wallet.address)).frozen.energy).toBe(1_200_500_000n);

    await command('unstakeTrx', { walletId, amount: '300' });
    await desk.core.blocks(LANDED);
    const calendar = await calendarOf(walletId);
    expect(calendar).toMatchObject({
      unstaking: [{ amount: '300', matured: false }],
      withdrawable: '0',
      energyStake: '900.5',
      votingPower: '900',
    });
    expect(calendar.nextWithdrawalAt).toBe(calendar.unstaking[0]?.at);
    expect(await refused('withdrawUnstaked', { walletId })).toEqual({
      code: 'ILLEGAL_STATE',
      field: 'input.walletId',
    });

    const cancelled = await command('cancelUnstaking', { walletId });
    expect(cancelled).toMatchObject({ kind: 'CANCEL_UNFREEZE', amount: null, resource: null });
    await desk.core.blocks(LANDED);
    expect((await account(wallet.address)).frozen.energy).toBe(1_200_500_000n);
    expect((await calendarOf(walletId)).unstaking).toEqual([]);
    expect((await refused('cancelUnstaking', { walletId })).code).toBe('ILLEGAL_STATE');

    await command('unstakeTrx', { walletId, amount: '100' });
    await desk.core.blocks(LANDED);
    await desk.core.control('advance', { ms: 14 * DAY_MS });
    await desk.core.blocks(LANDED);
    expect(await calendarOf(walletId)).toMatchObject({
      unstaking: [{ amount: '100', matured: true }],
      withdrawable: '100',
      nextWithdrawalAt: null,
    });
    const { balance } = await account(wallet.address);
    const withdrawal = await command('withdrawUnstaked', { walletId });
    expect((await refused('withdrawUnstaked', { walletId })).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect(await shown(withdrawal.id)).toMatchObject({ kind: 'WITHDRAW_EXPIRED', state: 'SOLID' });
    expect((await account(wallet.address)).balance).toBe(balance + 100_000_000n);
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
    expect((await refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');

    const votes = [
      { witness: first, count: 999_000 },
      { witness: second, count: 1_000 },
    ];
    const vote = await command('voteForWitnesses', { walletId, votes });
    expect(vote).toMatchObject({
      kind: 'VOTE',
      votes: votes.map(({ witness, count }) => ({ witness, count: String(count) })),
    });
    await desk.core.blocks(LANDED);
    expect((await account(wallet.address)).votes).toEqual(
      votes.map(({ witness, count }) => ({ witness, count: BigInt(count) })),
    );
    await desk.core.control('advance', { ms: 6 * HOUR_MS });
    await desk.core.blocks(28);
    await desk.core.control('advance', { ms: 6 * HOUR_MS });
    await desk.core.blocks(LANDED);
    const before = await calendarOf(walletId);
    expect(before).toMatchObject({ lastClaimAt: null, nextClaimAt: null });
    expect(Number(before.rewards)).toBeGreaterThan(0);
    const { balance } = await account(wallet.address);
    const claim = await command('claimRewards', { walletId });
    expect((await refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect(await shown(claim.id)).toMatchObject({ kind: 'CLAIM_REWARDS', state: 'SOLID' });
    const after = await account(wallet.address);
    expect(after.balance).toBeGreaterThan(balance);
    const claimed = await calendarOf(walletId);
    expect(Date.parse(present(claimed.nextClaimAt, 'next claim'))).toBe(
      Date.parse(present(claimed.lastClaimAt, 'last claim')) + DAY_MS,
    );
    expect((await refused('claimRewards', { walletId })).code).toBe('ILLEGAL_STATE');
  });

  it('moves TRX between wallets, and sees all that was wanted of them', async () => {
    const [from, to] = [await desk.core.wallet(100n, 'From'), await desk.core.wallet(100n, 'To')];
    const before = (await account(to.address)).balance;
    const input = {
      walletId: from.id,
      receiver: to.address,
      amount: '12.5',
      clientId: 'the one transfer',
    };
    const transfer = await command('transferBetweenWallets', input);
    expect((await command('transferBetweenWallets', input)).id).toBe(transfer.id);
    await desk.core.blocks(LANDED);
    expect((await account(to.address)).balance).toBe(before + 12_500_000n);
    const called = await command('transferBetweenWallets', {
      ...input,
      clientId: 'another transfer',
    });
    const back = await operator.request<{ cancelOperation: Shown }>(run('cancelOperation'), {
      input: { id: called.id, reason: 'a mistake' },
    });
    expect(back.cancelOperation).toMatchObject({ state: 'CANCELLED' });
    expect(
      await operator.refusal(run('cancelOperation'), {
        input: { id: transfer.id, reason: 'a mistake' },
      }),
    ).toMatchObject({ code: 'ILLEGAL_STATE', field: 'input.id' });

    const list = `query ($filter: OperationFilter, $after: String) {
      operations(filter: $filter, first: 1, after: $after) {
        edges { node { id kind state } } pageInfo { hasNextPage endCursor } } }`;
    interface Page {
      operations: {
        edges: { node: Shown }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const filter = { walletId: from.id, purpose: 'WALLET', kind: ['TRANSFER'] };
    const newest = (await operator.request<Page>(list, { filter })).operations;
    expect(newest.edges.map(({ node }) => node.id)).toEqual([called.id]);
    const { endCursor: after } = newest.pageInfo;
    const older = (await operator.request<Page>(list, { filter, after })).operations;
    expect(older.edges.map(({ node }) => node.id)).toEqual([transfer.id]);
    expect(older.pageInfo.hasNextPage).toBe(false);
    const open = { ...filter, state: ['INTENDED', 'ATTEMPTING'] };
    expect((await operator.request<Page>(list, { filter: open })).operations.edges).toEqual([]);
  });

  it('is told what is wrong with an input, and nothing changes', async () => {
    const wallet = await desk.core.wallet(50n, 'Refusing');
    const walletId = wallet.id;
    const stranger = await desk.core.address();
    const witness = desk.core.devnet.url && stranger;
    const vote = (count: number): object => ({ witness, count });
    const cases: [string, Record<string, unknown>, string, string][] = [
      ['stakeTrx', { amount: '0.9' }, 'BAD_INPUT', 'input.amount'],
      ['stakeTrx', { amount: '5000' }, 'WALLET_BALANCE_TOO_LOW', 'input.amount'],
      ['stakeTrx', { amount: '1', reason: ' ' }, 'BAD_INPUT', 'input.reason'],
      ['stakeTrx', { amount: '1', clientId: '' }, 'BAD_INPUT', 'input.clientId'],
      ['stakeTrx', { amount: '1', walletId: desk.core.ids.next() }, 'NOT_FOUND', 'input.walletId'],
      ['stakeTrx', { amount: '1', walletId: 'Alpha' }, 'NOT_FOUND', 'input.walletId'],
      ['unstakeTrx', { amount: '0' }, 'BAD_INPUT', 'input.amount'],
      ['unstakeTrx', { amount: '51' }, 'STAKE_NOT_FREE', 'input.amount'],
      ['unstakeTrx', { amount: '1', resource: 'BANDWIDTH' }, 'STAKE_NOT_FREE', 'input.amount'],
      ['withdrawUnstaked', {}, 'ILLEGAL_STATE', 'input.walletId'],
      ['cancelUnstaking', {}, 'ILLEGAL_STATE', 'input.walletId'],
      ['claimRewards', {}, 'ILLEGAL_STATE', 'input.walletId'],
      ['voteForWitnesses', { votes: [] }, 'BAD_INPUT', 'input.votes'],
      ['voteForWitnesses', { votes: [vote(0)] }, 'BAD_INPUT', 'input.votes'],
      ['voteForWitnesses', { votes: [vote(51)] }, 'BAD_INPUT', 'input.votes'],
      ['voteForWitnesses', { votes: [vote(1), vote(1)] }, 'BAD_INPUT', 'input.votes'],
      [
        'transferBetweenWallets',
        { receiver: stranger, amount: '1' },
        'BAD_INPUT',
        'input.receiver',
      ],
      [
        'transferBetweenWallets',
        { receiver: wallet.address, amount: '1' },
        'BAD_INPUT',
        'input.receiver',
      ],
    ];
    for (const [mutation, input, code, field] of cases) {
      expect([mutation, input, await refused(mutation, { walletId, ...input })]).toEqual([
        mutation,
        input,
        { code, field },
      ]);
    }
    const made = await query(
      desk.core.database.read(),
      'select from wallet_operations where wallet_id = $1',
      [walletId],
    );
    expect(made).toEqual([]);
  });

  it('keeps at most 32 unstakings of a wallet, as the chain does', async () => {
    const wallet = await desk.core.wallet(100n, 'Many');
    for (let number = 0; number < 32; number += 1) {
      await command('unstakeTrx', { walletId: wallet.id, amount: '1' });
    }
    const more = { walletId: wallet.id, amount: '1' };
    expect((await refused('unstakeTrx', more)).code).toBe('ILLEGAL_STATE');
    await desk.core.blocks(LANDED);
    expect((await account(wallet.address)).unfreezing).toHaveLength(32);
    expect((await refused('unstakeTrx', more)).code).toBe('ILLEGAL_STATE');
  });

  it('alone may command; others may look', async () => {
    const wallet = await desk.core.wallet(50n, 'Looked at');
    const analyst = await desk.operator('ANALYST');
    const bot = await desk.client('BOT');
    const input = { walletId: wallet.id, amount: '1', clientId: 'x', reason: 'y' };
    for (const caller of [analyst, bot]) {
      expect((await caller.refusal(run('stakeTrx'), { input })).code).toBe('FORBIDDEN');
    }
    expect((await bot.refusal('{ stakingAdvice { action } }')).code).toBe('FORBIDDEN');
    const { stakingAdvice } = await analyst.request<{ stakingAdvice: { action: string } }>(
      '{ stakingAdvice { action } }',
    );
    expect(stakingAdvice.action).toBe('NO_DATA');
  });
});

it('advises by what was rented at the same time', async () => {
  await desk.core.wallet(100_000n, 'Seller');
  const telegramId = await desk.core.user(1_000n);
  for (const receiver of [await desk.core.address(), await desk.core.address()]) {
    await desk.core.place({ receiver, telegramId, energy: 65_000n });
  }
  await desk.core.blocks(LANDED);
  interface Advice {
    stakingAdvice: Record<string, unknown>;
  }
  const ask = `query ($margin: Int) { stakingAdvice(marginPercent: $margin) {
    action amount rentals peakEnergy meanEnergy peakAt failedOrders marginPercent neededEnergy
    neededStake staked stakedEnergy free } }`;
  const { stakingAdvice } = await operator.request<Advice>(ask, { margin: 100 });
  expect(stakingAdvice).toMatchObject({
    action: 'UNSTAKE',
    rentals: 2,
    peakEnergy: '130000',
    failedOrders: 0,
    marginPercent: 100,
    neededEnergy: '260000',
  });
  expect((await operator.request<Advice>(ask)).stakingAdvice['marginPercent']).toBe(20);
  expect(await operator.refusal(ask, { margin: -1 })).toMatchObject({
    code: 'BAD_INPUT',
    field: 'marginPercent',
  });
});
