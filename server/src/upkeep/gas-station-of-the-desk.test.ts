import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../kernel/actor.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { startTestDesk, type TestDesk } from '../testing/test-desk.ts';
import { waitUntil } from '../testing/wait-until.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(async () => {
  await desk.stop();
});

const UPKEEP = `{ upkeep { problem treasury { label state }
  wallets { balance isLow openTopUp { state } } topUps { amount operation { state } } } }`;

interface Answer {
  upkeep: {
    problem: string | null;
    treasury: { label: string; state: string };
    wallets: { balance: string; isLow: boolean; openTopUp: object | null }[];
    topUps: { amount: string; operation: { state: string } }[];
  };
}

it('works out of the box: the seeded treasury pays, signed by the signer’s own process', async () => {
  const operator = await desk.operator('OPERATOR');
  const ask = async (): Promise<Answer['upkeep']> =>
    (await operator.request<Answer>(UPKEEP)).upkeep;
  expect(await ask()).toMatchObject({
    problem: null,
    treasury: { label: 'Treasury', state: 'PAUSED' },
    wallets: [{ isLow: false }, { isLow: false }, { isLow: false }],
    topUps: [],
  });
  const test = system('test');
  await desk.app.database.transaction(test, (em) =>
    changeSettings(
      em,
      test,
      [change('upkeep.targetSun', '2100000000'), change('upkeep.lowSun', '2050000000')],
      'so that every wallet is low',
    ),
  );
  const done = await waitUntil('the wallets are topped up', async () => {
    const now = await ask();
    return now.wallets.every(({ isLow, openTopUp }) => !isLow && openTopUp === null) && now;
  });
  expect(done.topUps).toHaveLength(3);
  for (const { amount, operation } of done.topUps) {
    expect(amount).toBe('100');
    expect(operation.state).toBe('SOLID');
  }
  await desk.expectBooksAndChainAgree();
});
