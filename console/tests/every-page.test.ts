import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import { waitUntil } from '../../server/src/testing/wait-until.ts';
import { consoleDir } from './built-console.ts';
import {
  type ConsoleBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  type Look,
  settled,
} from './console-browser.ts';
import { delegateByHand } from './delegate-by-hand.ts';
import { inspectQuickly, knownWallet } from './known-wallet.ts';
import { askForMoney, depositIn, openTill, payIn } from './pay-in.ts';
import { delivered, placeOrder } from './story.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
const found = {
  order: '',
  wallet: '',
  user: '',
  operation: '',
  difference: '',
  deposit: '',
  withdrawal: '',
};

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  browser = await launchBrowser(desk.url);
  const page = await browser.signIn(await desk.addOperator('ADMIN'));
  await page.context().close();
  const order = await placeOrder(desk);
  await delivered(desk, order);
  const admin = await desk.operator('ADMIN');
  const seen = await admin.request<{
    order: {
      user: { id: string };
      slices: { wallet: { id: string }; delegation: { id: string } }[];
    };
  }>(
    `query Seen($id: ID!) {
      order(id: $id) { user { id } slices { wallet { id } delegation { id } } }
    }`,
    { id: order.id },
  );
  const till = await openTill(desk);
  const txid = await payIn(desk, till, 33_000_001n);
  Object.assign(found, {
    deposit: await depositIn(desk, txid, 'UNCLAIMED'),
    withdrawal: await askForMoney(desk, '120'),
    order: order.id,
    user: seen.order.user.id,
    wallet: seen.order.slices[0]?.wallet.id,
    operation: seen.order.slices[0]?.delegation.id,
    difference: await goWrong(),
  });
});

/** Every page is looked at with the banner of a desk that is held back. */
async function goWrong(): Promise<string> {
  const operator = await desk.operator('OPERATOR');
  await operator.request(
    `mutation Hold($mode: SetSafeModeInput!, $halt: HaltSigningInput!) {
      setSafeMode(input: $mode) { version }
      haltSigning(input: $halt) { haltedBecause }
    }`,
    {
      mode: { scope: 'ALL', mode: 'QUEUE', reason: 'An upgrade of the network' },
      halt: { clientId: 'every-page', reason: 'A drill' },
    },
  );
  await inspectQuickly(desk);
  const { key } = await knownWallet(desk, 'Delta');
  const receiver = await desk.address();
  await delegateByHand({ url: desk.devnet.url, key, receiver, sun: '1234567890' });
  return waitUntil('the delegation by hand is found', async () => {
    const { differences } = await operator.request<{
      differences: { edges: { node: { id: string } }[] };
    }>(`{ differences(filter: { kinds: [ORPHAN_DELEGATION] }) { edges { node { id } } } }`);
    return differences.edges[0]?.node.id;
  });
}

afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const pages: [string, () => string][] = [
  ['overview', () => '/'],
  ['orders', () => '/orders'],
  ['no order found', () => '/orders?state=FAILED&q=nothing'],
  ['an order', () => `/orders/${found.order}`],
  ['no such order', () => '/orders/00000000-0000-7000-8000-000000000000'],
  ['wallets', () => '/wallets'],
  ['a wallet', () => `/wallets/${found.wallet}`],
  ['confine a key', () => `/wallets/${found.wallet}/confine`],
  ['staking', () => '/staking'],
  ['operations', () => '/operations'],
  ['no operation found', () => '/operations?kind=CLAIM_REWARDS&state=ABANDONED'],
  ['an operation', () => `/operations/${found.operation}`],
  ['upkeep', () => '/upkeep'],
  ['register wallet', () => '/wallets/register'],
  ['safety', () => '/safety'],
  ['differences', () => '/differences'],
  ['a difference', () => `/differences/${found.difference}`],
  ['no such difference', () => '/differences/00000000-0000-7000-8000-000000000000'],
  ['nodes', () => '/nodes'],
  ['users', () => '/users'],
  ['a user', () => `/users/${found.user}`],
  ['deposits', () => '/deposits'],
  ['no deposit found', () => '/deposits?state=GONE&q=nothing'],
  ['a deposit', () => `/deposits/${found.deposit}`],
  ['no such deposit', () => '/deposits/00000000-0000-7000-8000-000000000000'],
  ['deposit desk', () => '/unclaimed'],
  ['nothing unclaimed', () => '/unclaimed?reason=LATE'],
  ['withdrawals', () => '/withdrawals'],
  ['a withdrawal', () => `/withdrawals/${found.withdrawal}`],
  ['no such withdrawal', () => '/withdrawals/00000000-0000-7000-8000-000000000000'],
  ['sweeps', () => '/sweeps'],
  ['rates', () => '/rates'],
  ['ledger', () => '/ledger'],
  ['access', () => '/access'],
  ['settings', () => '/settings'],
  ['password', () => '/password'],
  ['no such page', () => '/nowhere'],
];

const looks: Look[] = [
  { language: 'zh', theme: 'light', size: 'desk' },
  { language: 'en', theme: 'dark', size: 'desk' },
  { language: 'zh', theme: 'dark', size: 'phone' },
];

describe.each(looks)('$language $theme $size', (look) => {
  test.each(pages)('%s', async (_name, address) => {
    const page = await browser.person(look);
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    await page.goto(address());
    await settled(page).finally(() => expect(broken).toEqual([]));
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(broken).toEqual([]);
    await page.context().close();
  });

  test('sign-in', async () => {
    const page = await browser.stranger(look);
    await page.goto('/sign-in');
    await settled(page);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.context().close();
  });
});
