import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { LANDED } from '../testing/wallet-operations.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
});
afterEach(() => expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url));
afterAll(() => desk.stop());

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
