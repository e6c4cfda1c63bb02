import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import { consoleDir } from './built-console.ts';
import { type ConsoleBrowser, fillSignIn, launchBrowser } from './console-browser.ts';
import { delivered, placeOrder } from './story.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
let page: Page;

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  browser = await launchBrowser(desk.url);
  page = await browser.signIn(await desk.addOperator('ADMIN'));
});

afterAll(async () => {
  await browser.close();
  await desk.stop();
});

describe('at the door', () => {
  test('a wrong password is told, the right one leads to where one wanted to go', async () => {
    const credentials = await desk.addOperator('OPERATOR');
    const stranger = await browser.stranger();
    await stranger.goto('/wallets');
    await fillSignIn(stranger, { ...credentials, password: 'not the password' });
    await stranger.getByText('邮箱或密码不正确。').waitFor();
    await fillSignIn(stranger, credentials);
    await stranger.getByRole('heading', { level: 1, name: '钱包' }).waitFor();
    expect(await stranger.getByRole('link', { name: '权限' }).count()).toBe(0);
    await stranger.context().close();
  });

  test('a first password must be changed before anything else', async () => {
    const admin = await desk.operator('ADMIN');
    const created = await admin.request<{ createOperator: { password: string } }>(
      `mutation Create($input: CreateOperatorInput!) { createOperator(input: $input) { password } }`,
      { input: { email: 'new@desk.test', name: 'New', roles: ['SUPPORT'] } },
    );
    const stranger = await browser.stranger();
    await stranger.goto('/orders');
    const first = created.createOperator.password;
    await fillSignIn(stranger, { email: 'new@desk.test', password: first });
    await stranger.getByRole('heading', { level: 1, name: '修改密码' }).waitFor();
    await stranger.getByLabel('当前密码').fill(first);
    await stranger.getByLabel('新密码', { exact: true }).fill('seven quiet harbours');
    await stranger.getByLabel('再次输入新密码').fill('seven quiet harbours');
    await stranger.getByRole('button', { name: '修改密码' }).click();
    await stranger.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await stranger.context().close();
  });
});

describe('orders', () => {
  test('appear and change by themselves', async () => {
    await page.goto('/orders');
    await page.getByText('还没有订单').waitFor();
    await page.getByText('实时', { exact: true }).waitFor();
    const order = await placeOrder(desk);
    const row = page.getByRole('row', { name: order.number });
    await row.waitFor();
    await row.getByText('已完成').waitFor();
  });

  test('wait at the top while the list is being read', async () => {
    const order = await placeOrder(desk);
    await page.getByRole('button', { name: '1 个新订单' }).click();
    await page.getByRole('row', { name: order.number }).waitFor();
  });

  test('are filtered by a link that can be shared', async () => {
    await page.getByRole('button', { name: '失败' }).click();
    await page.getByText('没有符合筛选的订单').waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?state=FAILED');
    await page.reload();
    await page.getByText('没有符合筛选的订单').waitFor();
    await page.getByRole('button', { name: '清除全部筛选' }).click();
    await page.getByRole('table', { name: '订单' }).waitFor();
  });

  test('are saved as CSV, those that the list finds', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^orders-.*\.csv$/);
    const rows = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n').slice(2);
    const shown = await page.getByRole('table', { name: '订单' }).locator('tbody tr').count();
    expect(rows).toHaveLength(shown);
  });

  test('earn what the overview shows, also after the page was loaded anew', async () => {
    await page.goto('/');
    await page.getByText('今日收入').waitFor();
    await page.reload();
    await page.getByText('今日收入').waitFor();
  });

  test('show their whole story', async () => {
    const order = await placeOrder(desk);
    await page.goto(`/orders/${order.id}`);
    await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
    await page.getByText(order.receiver).first().waitFor();
    await page.getByText('已交付').waitFor();
    await page.getByText('租用中').waitFor();
    await page.getByRole('button', { name: /^复制交易哈希/ }).waitFor();
    const books = page.getByRole('table', { name: '账务' });
    await books.getByText('下单冻结').first().waitFor();
    await books.getByText('确认收入').first().waitFor();
  });

  test('say what is wrong when they cannot be read, and come back by a retry', async () => {
    const other = await browser.person();
    let broken = true;
    await other.route('**/graphql', (route) =>
      broken && route.request().postData()?.includes('query Orders(') === true
        ? route.abort()
        : route.continue(),
    );
    await other.goto('/orders');
    await other.getByText('连不上服务器。请检查网络，然后重试。').waitFor();
    expect(await other.getByText('还没有订单').count()).toBe(0);
    broken = false;
    await other.getByRole('button', { name: '重试' }).click();
    await other.getByRole('table', { name: '订单' }).waitFor();
    await other.context().close();
  });

  test('lose no change while the connection is away', async () => {
    const other = await browser.person();
    let away = false;
    const hangUps = new Set<() => Promise<void>>();
    await other.routeWebSocket(/\/graphql$/, (client) => {
      if (away) {
        void client.close();
        return;
      }
      const server = client.connectToServer();
      hangUps.add(async () => {
        await client.close();
        await server.close();
      });
    });
    await other.goto('/orders');
    await other.getByText('实时', { exact: true }).waitFor();
    away = true;
    for (const hangUp of hangUps) await hangUp();
    await other.getByText('重连中').waitFor();
    const order = await placeOrder(desk);
    await delivered(desk, order);
    away = false;
    await other.getByRole('button', { name: '1 个新订单' }).click();
    await other.getByRole('row', { name: order.number }).getByText('已完成').waitFor();
    await other.context().close();
  });
});

describe('the other rooms', () => {
  test("a wallet's stock moves, and its state changes only with a reason", async () => {
    await page.goto('/wallets');
    const bars = page.getByRole('table', { name: '钱包' }).getByRole('img');
    await bars.first().waitFor();
    const before = await bars.evaluateAll((all) =>
      all.map((bar) => bar.getAttribute('aria-label')),
    );
    await placeOrder(desk);
    await expect
      .poll(() => bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label'))), {
        timeout: 45_000,
      })
      .not.toEqual(before);

    await page.getByRole('table', { name: '钱包' }).getByRole('link').first().click();
    await page.getByRole('button', { name: '更改状态' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '更改状态' }).click();
    await dialog.getByText('请写明原因。').waitFor();
    await dialog.getByLabel('原因').fill('例行检查');
    await dialog.getByRole('button', { name: '更改状态' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('例行检查').first().waitFor();
    await page.getByText('排空中').first().waitFor();
  });

  test("a user's balance is adjusted, and the statement says by whom and why", async () => {
    await page.goto('/users');
    const { telegramId } = desk.seeded.demoUser;
    await page.getByRole('link', { name: telegramId }).click();
    await page.getByRole('button', { name: '调整余额' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('金额').fill('12.5');
    await dialog.getByText('可用余额将从').waitFor();
    await dialog.getByLabel('原因').fill('工单 1842');
    await dialog.getByRole('button', { name: '调整余额' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const row = page.getByRole('table', { name: '流水' }).getByRole('row', { name: '工单 1842' });
    await row.getByText('+12.500000').waitFor();
  });

  test('an API key is shown once and can be revoked', async () => {
    await page.goto('/access');
    await page.getByRole('button', { name: '创建密钥' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('报表程序');
    await dialog.getByRole('button', { name: '创建密钥' }).click();
    await dialog.getByText('密钥只显示这一次').waitFor();
    const key = (await dialog.locator('code').textContent()) ?? '';
    expect(key.length).toBeGreaterThan(20);
    await dialog.getByRole('button', { name: '我已保存' }).click();
    const row = page.getByRole('row', { name: '报表程序' });
    await row.getByText('有效').waitFor();
    expect(await page.getByText(key).count()).toBe(0);
    await row.getByRole('button', { name: /操作/ }).click();
    await page.getByRole('menuitem', { name: '吊销密钥' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '吊销密钥' }).click();
    await row.getByText('已吊销').waitFor();
  });

  test('the palette finds an order and goes there', async () => {
    const order = await placeOrder(desk);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '搜索' }).fill(order.number);
    await page.getByRole('option', { name: new RegExp(`^${order.number}`) }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
  });
});
