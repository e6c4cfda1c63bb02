import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryOne } from '../../server/src/database/query.ts';
import { system } from '../../server/src/kernel/actor.ts';
import { recordParameters } from '../../server/src/monitoring/record-node-events.ts';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import type { Address } from '../../server/src/chain/address.ts';
import { consoleDir } from './built-console.ts';
import { type ConsoleBrowser, launchBrowser } from './console-browser.ts';
import { delegateByHand } from './delegate-by-hand.ts';
import { inspectQuickly, type KnownWallet, knownWallet } from './known-wallet.ts';
import { delivered, placeOrder } from './story.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
let page: Page;
let wallet: KnownWallet;
let receiver: Address;

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  await inspectQuickly(desk);
  wallet = await knownWallet(desk, 'Delta');
  receiver = await desk.address();
  browser = await launchBrowser(desk.url);
  page = await browser.signIn(await desk.addOperator('ADMIN'));
});

afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const banner = () => page.getByRole('region', { name: '运行受限' });

describe('the safe mode', () => {
  test('holds deliveries, says so on every page, and delivers after it was lifted', async () => {
    await page.goto('/safety');
    await page.getByText('没有任何限制').waitFor();
    await page.getByRole('button', { name: '设置安全模式' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^暂缓交付/ }).check();
    await dialog.getByRole('button', { name: '设置安全模式' }).click();
    await dialog.getByText('请写明原因。').waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('链上升级');
    await dialog.getByRole('button', { name: '设置安全模式' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await banner().getByText('全部业务 · 暂缓交付').waitFor();

    const order = await placeOrder(desk);
    await page.goto(`/orders/${order.id}`);
    await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
    await banner().getByText('链上升级').waitFor();
    expect(await page.getByText('待处理').count()).toBeGreaterThan(0);

    await banner().getByRole('link').click();
    await page.getByRole('button', { name: '解除限制 · 全部业务' }).click();
    await dialog.getByText('链上升级').waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('升级完成');
    await dialog.getByRole('button', { name: '解除限制' }).click();
    await banner().waitFor({ state: 'hidden' });
    const history = page.getByRole('table', { name: '变更历史' });
    await history.getByRole('row', { name: '升级完成' }).waitFor();
    await history.getByRole('row', { name: '链上升级' }).waitFor();
    await delivered(desk, order);
  });

  test('refuses one wallet from its own page, and a check says what it found', async () => {
    await page.goto('/wallets');
    await page.getByRole('link', { name: 'Delta' }).click();
    await page.getByRole('button', { name: 'Delta的操作' }).click();
    await page.getByRole('menuitem', { name: '设置安全模式' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByRole('radio', { name: '单个钱包' }).isChecked()).toBe(true);
    await dialog.getByRole('radio', { name: /^停止接单/ }).check();
    await dialog.getByRole('textbox', { name: '原因' }).fill('更换密钥');
    await dialog.getByRole('button', { name: '设置安全模式' }).click();
    await banner().getByText('钱包 Delta · 停止接单').waitFor();
  });

  test('is set by others while one looks', async () => {
    await page.goto('/ledger');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const operator = await desk.operator('FINANCE');
    const input = { scope: 'PRODUCT', subject: 'ENERGY_RENTAL', reason: '对账' };
    await operator.request(
      `mutation Set($input: SetSafeModeInput!) { setSafeMode(input: $input) { version } }`,
      { input: { ...input, mode: 'QUEUE' } },
    );
    await banner().getByText('能量租赁 · 暂缓交付').waitFor();
    await operator.request(
      `mutation Lift($input: LiftSafeModeInput!) { liftSafeMode(input: $input) { version } }`,
      { input },
    );
    await banner().getByText('能量租赁 · 暂缓交付').waitFor({ state: 'hidden' });
  });
});

describe('signing', () => {
  test('is halted with a reason that every page shows, and resumed', async () => {
    await page.goto('/safety');
    await page.getByRole('button', { name: '停止签名' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('不交付，也不收回到期能量').waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('演练');
    await dialog.getByRole('button', { name: '停止签名' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await banner().getByText('已停止签名').waitFor();
    await page.goto('/users');
    await banner().getByText('演练').waitFor();
    await page.goto('/safety');
    await page.getByRole('button', { name: '恢复签名' }).click();
    await dialog.getByRole('textbox', { name: '原因' }).fill('演练结束');
    await dialog.getByRole('button', { name: '恢复签名' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('正常签名').waitFor();
    await banner().getByText('已停止签名').waitFor({ state: 'hidden' });
  });
});

describe('differences', () => {
  test('appear by themselves, in the list and in the rail', async () => {
    await page.goto('/differences');
    await page.getByText('没有差异').waitFor();
    await delegateByHand({ url: desk.devnet.url, key: wallet.key, receiver, sun: '1234500000' });
    const table = page.getByRole('table', { name: '差异' });
    await table.getByRole('row', { name: '外来交易' }).waitFor();
    await page.getByRole('button', { name: /个新差异/ }).click();
    await table.getByRole('row', { name: '无主代理' }).getByText('+1 234.5').waitFor();
    await page.getByRole('link', { name: /^差异 3 项待处理$/ }).waitFor();
  });

  test('are filtered by a link that can be shared', async () => {
    await page.getByRole('button', { name: '无主代理', exact: true }).click();
    await page.getByRole('button', { name: '待处理', exact: true }).click();
    const table = page.getByRole('table', { name: '差异' });
    await expect.poll(() => new URL(page.url()).search).toBe('?kind=ORPHAN_DELEGATION&state=OPEN');
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
  });

  test('are explained by a note', async () => {
    await page.goto('/differences?kind=FOREIGN_TRANSACTION');
    await page.getByRole('table', { name: '差异' }).getByRole('link', { name: '外来交易' }).click();
    await page.getByText('DelegateResourceContract').first().waitFor();
    await page.getByRole('button', { name: '说明原因' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '原因' }).fill('财务手工代理');
    await dialog.getByRole('button', { name: '说明原因' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('已说明').first().waitFor();
    await page.getByText('财务手工代理').first().waitFor();
  });

  test('an orphan is taken back for exactly what the dialog says', async () => {
    // What is delegated by hand in the head is not yet what the solid chain shows.
    await desk.control('step', { blocks: 30 });
    await page.goto('/wallets');
    await page.getByRole('link', { name: 'Delta' }).click();
    await page.getByText('链与账不一致').waitFor();
    await page.getByRole('link', { name: '无主代理' }).click();
    await page.getByRole('button', { name: '收回无主代理' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 234 500 000').first().waitFor();
    await dialog.getByText(receiver).first().waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('不属于任何订单');
    await dialog.getByRole('button', { name: '收回无主代理' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('不属于任何订单').waitFor();
    await page.getByText('已消失').first().waitFor();
  });
});

describe('nodes', () => {
  test('show what the chain is and what the network asks', async () => {
    await page.goto('/nodes');
    const row = page
      .getByRole('table', { name: '节点' })
      .getByRole('row', { name: new URL(desk.devnet.url).host });
    await row.getByText('正常').waitFor();
    const parameters = page.getByRole('table', { name: '链参数' });
    await parameters.getByRole('row', { name: '能量单价' }).waitFor();
    const { database } = desk.app;
    await database.transaction(system('test'), async (em) => {
      const last = await queryOne<{ values: Record<string, string> }>(
        em,
        `select payload -> 'values' as values from events
         where kind = 'chain.parametersRead' order by position desc limit 1`,
      );
      const values = Object.entries(last?.values ?? {}).map(
        ([name, value]) => [name, BigInt(value)] as const,
      );
      await recordParameters(em, { byName: new Map([...values, ['getEnergyFee', 123n]]) });
    });
    await page.reload();
    const changed = page.getByRole('region', { name: '近期变更' });
    await changed.getByText('能量单价').waitFor();
    await changed.getByText('123').waitFor();
  });
});
