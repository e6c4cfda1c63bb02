import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import { consoleDir } from './built-console.ts';
import { type ConsoleBrowser, launchBrowser } from './console-browser.ts';
import { delivered, placeOrder } from './story.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
let page: Page;
let dialog: Locator;
let wallet: { id: string; label: string; address: string };

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  browser = await launchBrowser(desk.url);
  page = await browser.signIn(await desk.addOperator('ADMIN'));
  dialog = page.getByRole('dialog');
  const order = await placeOrder(desk);
  await delivered(desk, order);
  const admin = await desk.operator('ADMIN');
  const { wallets } = await admin.request<{ wallets: (typeof wallet & { state: string })[] }>(
    '{ wallets { id label address state } }',
  );
  const found = wallets.find(({ state }) => state === 'ACTIVE');
  if (found === undefined) throw new Error('No wallet sells');
  wallet = found;
});

afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** Gives the reason, confirms, and waits until the chain has it for good. */
async function carryOut(verb: string): Promise<void> {
  await dialog.getByLabel('原因').fill('例行');
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await dialog.getByText('区块已固化，效果不会再变。').waitFor();
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('the pool', () => {
  test('shows what will be free, as a picture and as a table', async () => {
    await page.goto('/wallets');
    await page.getByRole('img', { name: '未来 24 小时能量预测' }).waitFor();
    await page.getByRole('button', { name: '查看表格: 未来 24 小时能量预测' }).click();
    const region = page.getByRole('region', { name: '未来 24 小时能量预测' });
    await region.getByRole('columnheader', { name: '回收' }).waitFor();
    expect(await region.getByRole('row').count()).toBeGreaterThan(24);
    await page.getByText('届时可售').first().waitFor();
  });

  test('says which wallets would deliver an order, or that none could', async () => {
    await page.goto('/wallets');
    const form = page.getByRole('form', { name: '试算' });
    await form.getByLabel('能量').fill('');
    await form.getByRole('button', { name: '试算分配' }).click();
    await form.getByText('请填大于 0 的整数。').waitFor();
    await form.getByLabel('能量').fill('65000');
    await form.getByLabel('策略').selectOption('SPREAD');
    await form.getByRole('button', { name: '试算分配' }).click();
    await page.getByText('可以交付，由 1 个钱包').waitFor();
    expect(await page.getByRole('table', { name: '试算' }).getByRole('row').count()).toBe(2);
    await form.getByLabel('能量').fill('90000000');
    await form.getByRole('button', { name: '试算分配' }).click();
    await page.getByText('不能交付：超出').waitFor();
  });

  test('an order says in the language of its reader how its wallet was chosen', async () => {
    const order = await placeOrder(desk);
    await page.goto(`/orders/${order.id}`);
    await page.getByText(/在售钱包 \d+ 个/).waitFor();
    const english = await browser.person({ language: 'en' });
    await english.goto(`/orders/${order.id}`);
    await english.getByText(/wallets? that sell/).waitFor();
    await english.context().close();
  });
});

describe("a wallet's own account", () => {
  test('stakes what is asked for, and not without an amount', async () => {
    await page.goto(`/wallets/${wallet.id}`);
    await page.getByRole('button', { name: '质押 TRX' }).click();
    await dialog.getByLabel('原因').fill('例行');
    await dialog.getByRole('button', { name: '质押 TRX' }).click();
    await dialog.getByText('请填大于 0 的 TRX 数量，最多六位小数。').waitFor();
    await dialog.getByLabel('数量').fill('99999999999');
    await dialog.getByText(/^超过可用的/).waitFor();
    await dialog.getByLabel('数量').fill('120');
    await dialog.getByText(/将质押 120 TRX，每天约多/).waitFor();
    await carryOut('质押 TRX');
  });

  test('unstakes, and the calendar says when it matures', async () => {
    await page.goto(`/wallets/${wallet.id}`);
    await page.getByRole('button', { name: '解除质押' }).click();
    await dialog.getByLabel('数量').fill('50');
    await carryOut('解除质押');
    await page.goto('/staking');
    await page
      .getByText(/能量解押到期/)
      .first()
      .waitFor();
  });

  test('votes for witnesses with all that it has', async () => {
    await page.goto('/staking');
    const row = page.getByRole('table', { name: '各钱包的质押' }).getByRole('row', {
      name: wallet.label,
    });
    await row.getByRole('button', { name: `${wallet.label}的操作` }).click();
    await page.getByRole('menuitem', { name: '投票' }).click();
    await dialog
      .getByRole('button', { name: /^全部投给它/ })
      .first()
      .click();
    await dialog.getByText('剩余 0 票', { exact: true }).waitFor();
    await carryOut('投票');
  });

  test('pays another wallet, and the list of operations has it by a link', async () => {
    await page.goto(`/wallets/${wallet.id}`);
    await page.getByRole('button', { name: '转账' }).click();
    await dialog.getByLabel('收款地址').selectOption({ index: 1 });
    await dialog.getByLabel('数量').fill('3.5');
    await carryOut('转账');
    await page.goto('/operations');
    await page.getByRole('button', { name: '转账', exact: true }).click();
    const table = page.getByRole('table', { name: '链上操作' });
    await table.getByRole('row', { name: wallet.label }).first().waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?kind=TRANSFER');
    await expect.poll(() => table.getByRole('link', { name: '代理' }).count()).toBe(0);
    await table.getByRole('link', { name: '转账' }).first().click();
    await page.getByText(/^转 3\.5 TRX 到/).waitFor();
    await page.getByRole('button', { name: /^复制交易哈希/ }).waitFor();
  });
});

describe('upkeep', () => {
  test('a wallet is topped up at once, within the limit of the day', async () => {
    await page.goto('/upkeep');
    const row = page.getByRole('table', { name: '各钱包' }).getByRole('row', {
      name: wallet.label,
    });
    await row.getByRole('button', { name: `${wallet.label}的操作` }).click();
    await page.getByRole('menuitem', { name: '立即补给' }).click();
    await dialog.getByLabel('数量').fill('99999999');
    await dialog.getByText(/^超过今日还可补的/).waitFor();
    await dialog.getByLabel('数量').fill('7');
    await carryOut('立即补给');
    await page.getByRole('table', { name: '补给记录' }).getByText('人工').waitFor();
  });

  test("a key is confined only after the wallet's address was typed, and then says so", async () => {
    const cold = await desk.address();
    await page.goto(`/wallets/${wallet.id}`);
    await page.getByText('权限过大').first().waitFor();
    await page.getByRole('link', { name: '收紧权限' }).click();
    await page.getByLabel('冷所有者地址').fill(cold);
    await page.getByRole('button', { name: '查看方案' }).click();
    await page.getByRole('heading', { name: '必须满足' }).waitFor();
    await page.getByText(/此后只有冷地址拥有这个账户/).waitFor();
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByLabel('输入钱包地址以确认').fill(cold);
    await page.getByLabel('原因').fill('上线前收紧');
    await page.getByRole('button', { name: '收紧权限' }).click();
    await page.getByText('与钱包地址不一致。').waitFor();
    await page.getByLabel('输入钱包地址以确认').fill(wallet.address);
    await page.getByRole('button', { name: '收紧权限' }).click();
    await page.getByText('区块已固化，效果不会再变。').waitFor();
    await page.getByRole('link', { name: '回到钱包' }).click();
    await page.getByText('只能代理与回收').first().waitFor();
  });
});
