import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { commandText, type ShownOperation, StakingCaller } from '../testing/staking-caller.ts';
import { accountAtHead, LANDED } from '../testing/wallet-operations.ts';

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
  it('moves TRX between wallets, and sees all that was wanted of them', async () => {
    const [from, to] = [await desk.core.wallet(100n, 'From'), await desk.core.wallet(100n, 'To')];
    const before = (await accountAtHead(desk.core, to.address)).balance;
    const input = {
      walletId: from.id,
      receiver: to.address,
      amount: '12.5',
      clientId: 'the one transfer',
    };
    const transfer = await staking.command('transferBetweenWallets', input);
    expect((await staking.command('transferBetweenWallets', input)).id).toBe(transfer.id);
    await desk.core.blocks(LANDED);
    expect((await accountAtHead(desk.core, to.address)).balance).toBe(before + 12_500_000n);
    const called = await staking.command('transferBetweenWallets', {
      ...input,
      clientId: 'another transfer',
    });
    const back = await operator.request<{ cancelOperation: ShownOperation }>(
      commandText('cancelOperation'),
      {
        input: { id: called.id, reason: 'a mistake' },
      },
    );
    expect(back.cancelOperation).toMatchObject({ state: 'CANCELLED' });
    expect(
      await operator.refusal(commandText('cancelOperation'), {
        input: { id: transfer.id, reason: 'a mistake' },
      }),
    ).toMatchObject({ code: 'ILLEGAL_STATE', field: 'input.id' });

    const list = `query ($filter: OperationFilter, $after: String) {
      operations(filter: $filter, first: 1, after: $after) {
        edges { node { id kind state } } pageInfo { hasNextPage endCursor } } }`;
    interface Page {
      operations: {
        edges: { node: ShownOperation }[];
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
      expect([mutation, input, await staking.refused(mutation, { walletId, ...input })]).toEqual([
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

  it('alone may command; others may look', async () => {
    const wallet = await desk.core.wallet(50n, 'Looked at');
    const analyst = await desk.operator('ANALYST');
    const bot = await desk.client('BOT');
    const input = { walletId: wallet.id, amount: '1', clientId: 'x', reason: 'y' };
    for (const caller of [analyst, bot]) {
      expect((await caller.refusal(commandText('stakeTrx'), { input })).code).toBe('FORBIDDEN');
    }
    expect((await bot.refusal('{ stakingAdvice { action } }')).code).toBe('FORBIDDEN');
    const { stakingAdvice } = await analyst.request<{ stakingAdvice: { action: string } }>(
      '{ stakingAdvice { action } }',
    );
    expect(stakingAdvice.action).toBe('NO_DATA');
  });
});
