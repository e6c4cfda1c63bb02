import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { parseAddress } from '../../server/src/chain/address.ts';
import { query } from '../../server/src/database/query.ts';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import { consoleDir } from './built-console.ts';
import { type ConsoleBrowser, expectAccessible, launchBrowser } from './console-browser.ts';
import { openTill, payIn } from './pay-in.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
let page: Page;
let demo: string;

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  demo = desk.seeded.demoUser.telegramId;
  await openTill(desk);
  browser = await launchBrowser(desk.url);
  page = await browser.signIn(await desk.addOperator('ADMIN'));
});

afterAll(async () => {
  await browser.close();
  await desk.expectBooksAndChainAgree();
  await desk.stop();
});

const dialog = (): Locator => page.getByRole('dialog');

async function begin(verb: string): Promise<void> {
  await page.getByRole('button', { name: `${demo}的操作` }).click();
  await page.getByRole('menuitem', { name: verb }).click();
}

test('a user is asked to pay in, and the dialog sees the money come', async () => {
  await page.goto('/users');
  await begin('生成充值请求');
  await dialog().getByLabel('金额').fill('1');
  await dialog().getByRole('button', { name: '生成充值请求' }).click();
  await dialog().getByText('至少 10 TRX。').waitFor();
  await dialog().getByLabel('金额').fill('25');
  await dialog().getByRole('button', { name: '生成充值请求' }).click();
  await dialog().getByRole('img', { name: '付款二维码' }).waitFor();
  await dialog().getByText('等待付款').waitFor();
  await expectAccessible(page);
  const [request] = await query<{ address: string; amount: bigint }>(
    desk.app.database.read(),
    `select address, amount from deposit_intents`,
  );
  if (request === undefined) throw new Error('No request was opened');
  await payIn(desk, parseAddress(request.address), request.amount);
  await dialog().getByText('已付').waitFor();
  await dialog().getByRole('link', { name: '充值' }).click();
  await page.getByRole('heading', { level: 1, name: /^充值 25/ }).waitFor();
});
