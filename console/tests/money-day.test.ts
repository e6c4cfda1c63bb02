import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Address } from '../../server/src/chain/address.ts';
import { startTestDesk, type TestDesk } from '../../server/src/testing/test-desk.ts';
import { consoleDir } from './built-console.ts';
import { type ConsoleBrowser, launchBrowser } from './console-browser.ts';
import { askForMoney, askToPay, depositIn, openTill, payIn } from './pay-in.ts';

let desk: TestDesk;
let browser: ConsoleBrowser;
let page: Page;
let till: Address;
/** The user of the seed, and one more. */
let demo: string;
const other = '20002';

beforeAll(async () => {
  desk = await startTestDesk({ consoleDir });
  demo = desk.seeded.demoUser.telegramId;
  till = await openTill(desk);
  await desk
    .bot()
    .request(
      `mutation Keep($input: AddUserAddressInput!) { addUserAddress(input: $input) { id } }`,
      { input: { user: { telegramId: other }, address: await desk.address() } },
    );
  browser = await launchBrowser(desk.url);
  page = await browser.signIn(await desk.addOperator('ADMIN'));
});

afterAll(async () => {
  await browser.close();
  await desk.expectBooksAndChainAgree();
  await desk.stop();
});

const dialog = (): Locator => page.getByRole('dialog');
const short = (txid: string): string => `${txid.slice(0, 6)}…${txid.slice(-6)}`;

async function confirm(verb: string, reason?: string): Promise<void> {
  if (reason !== undefined) await dialog().getByRole('textbox', { name: '原因' }).fill(reason);
  await dialog().getByRole('button', { name: verb }).click();
  await dialog().waitFor({ state: 'hidden' });
}

/** Opens the page of an unclaimed deposit and picks what to do from its menu. */
async function decide(sun: bigint, verb: string): Promise<void> {
  const id = await depositIn(desk, await payIn(desk, till, sun), 'UNCLAIMED');
  await page.goto(`/deposits/${id}`);
  await page.getByRole('button', { name: /的操作$/ }).click();
  await page.getByRole('menuitem', { name: verb }).click();
}

describe('deposits', () => {
  test('appear and are credited while one looks', async () => {
    await page.goto('/deposits');
    await page.getByText('还没有充值').waitFor();
    await page.getByText('实时', { exact: true }).waitFor();
    const asked = await askToPay(desk, '20');
    const txid = await payIn(desk, asked.address, asked.sun);
    const row = page.getByRole('row', { name: short(txid) });
    await row.getByText('已入账').waitFor();
    await row.getByText('充值请求').waitFor();
    await row.getByRole('link', { name: demo }).click();
    const statement = page.getByRole('table', { name: '流水' });
    await statement.getByRole('link', { name: short(txid) }).click();
    await page.getByRole('heading', { level: 1, name: /^充值 20/ }).waitFor();
  });

  test('are filtered by a link that can be shared', async () => {
    await page.goto('/deposits');
    await page.getByRole('button', { name: '已消失' }).click();
    await page.getByText('没有符合筛选的充值').waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?state=GONE');
    await page.getByRole('button', { name: '清除全部筛选' }).click();
    await page.getByRole('table', { name: '充值' }).waitFor();
  });
});

describe('the deposit desk', () => {
  test('assigns to whom a person names, and says so when there is nobody', async () => {
    await page.goto('/unclaimed');
    await page.getByText('没有待认领的充值').waitFor();
    await page.getByText('实时', { exact: true }).waitFor();
    const txid = await payIn(desk, till, 33_000_000n);
    const row = page.getByRole('row', { name: short(txid) });
    await row.getByText('付款人不明').waitFor();
    await page.getByRole('link', { name: /^充值认领 1 项待处理$/ }).waitFor();
    await row.getByRole('button', { name: '认领充值' }).click();
    await dialog().getByRole('button', { name: '认领充值' }).click();
    await dialog().getByText('请选择一个用户。').waitFor();
    await dialog().getByRole('textbox', { name: '用户' }).fill('404404');
    await dialog().getByText('没有这个用户。').waitFor();
    await dialog().getByRole('textbox', { name: '用户' }).fill(other);
    await dialog().getByText(`33 TRX 将全部记入用户 ${other} 的余额`).waitFor();
    await confirm('认领充值', '用户发来了截图');
    await row.getByText('已入账').waitFor();
    await row.getByRole('link', { name: short(txid) }).click();
    await page.getByText('用户发来了截图').first().waitFor();
  });

  test('splits to the last sun only', async () => {
    await decide(40_000_000n, '拆分充值');
    const users = dialog().getByRole('textbox', { name: /用户$/ });
    await users.first().fill(demo);
    // The first has become a name, so what was the second is the only field.
    await dialog().getByText('正常').first().waitFor();
    await users.first().fill(other);
    await expect.poll(() => users.count()).toBe(0);
    const amounts = dialog().getByRole('textbox', { name: '金额' });
    await amounts.first().fill('10');
    await amounts.last().fill('29.5');
    await dialog().getByText('还有 0.5 TRX 未分配。').waitFor();
    await dialog().getByRole('textbox', { name: '原因' }).fill('两人合付');
    await dialog().getByRole('button', { name: '拆分充值' }).click();
    await dialog().getByText('还有 0.5 TRX 未分配。').waitFor();
    await amounts.last().fill('30');
    await confirm('拆分充值');
    await page.getByText('已入账').first().waitFor();
    await page.getByRole('link', { name: demo }).waitFor();
    await page.getByRole('link', { name: other }).waitFor();
  });

  test('sends back what its dialog says', async () => {
    await decide(50_000_000n, '退回充值');
    // A tenth and 1.1 TRX for the chain stay.
    await dialog().getByText('43.900000').waitFor();
    await dialog().getByText('−6.100000').waitFor();
    await confirm('退回充值', '付款人要求');
    await page.getByText('已退回').first().waitFor();
    await page.getByRole('link', { name: '43.900000' }).click();
    await page.getByRole('heading', { level: 1, name: '提现 43.9 TRX' }).waitFor();
    await page.getByText('已完成').first().waitFor();
  });

  test('writes off what nobody gets', async () => {
    await decide(9_000_000n, '核销充值');
    await dialog().getByText('9 TRX 归本台所有').waitFor();
    await confirm('核销充值', '一年无人认领');
    await page.getByText('已核销').first().waitFor();
    await page.getByText('一年无人认领').first().waitFor();
  });
});

describe('withdrawals', () => {
  test('wait at the top, and are paid once somebody agrees', async () => {
    await page.goto('/withdrawals');
    await page.getByText('没有需要批准的提现').waitFor();
    const id = await askForMoney(desk, '120');
    const waiting = page.getByRole('table', { name: '等待批准' });
    const row = waiting.getByRole('row', { name: id.slice(-8) });
    await row.getByText('金额超过 100 TRX。').waitFor();
    await row.getByRole('button', { name: '批准提现' }).click();
    await dialog()
      .getByText(/^119 TRX 将付到 T/)
      .waitFor();
    await confirm('批准提现', '已与用户确认');
    await waiting.waitFor({ state: 'hidden' });
    const all = page.getByRole('table', { name: '全部提现' });
    await all
      .getByRole('row', { name: id.slice(-8) })
      .getByText('已完成')
      .waitFor();
    await all.getByRole('link', { name: id.slice(-8) }).click();
    await page.getByText('已与用户确认').first().waitFor();
  });

  test('give the money back when they are refused', async () => {
    const id = await askForMoney(desk, '130');
    await page.goto(`/withdrawals/${id}`);
    await page.getByRole('button', { name: '拒绝提现' }).click();
    await dialog().getByText('130 TRX 退回原处').waitFor();
    await confirm('拒绝提现', '地址可疑');
    await page.getByText('已拒绝').first().waitFor();
    await page.getByText('地址可疑').first().waitFor();
  });
});

describe('rates', () => {
  test('show what they are made of', async () => {
    await page.goto('/rates');
    await page.getByText('可以兑换').waitFor();
    const sources = page.getByRole('table', { name: '来源' });
    await expect.poll(() => sources.getByRole('row').count()).toBe(4);
    await page.getByRole('table', { name: '询价记录' }).getByText('采信').first().waitFor();
    await page.getByRole('button', { name: '查看表格: 近 24 小时汇率' }).click();
    const day = page.getByRole('region', { name: '近 24 小时汇率' }).last();
    await expect.poll(() => day.getByRole('row').count()).toBe(97);
  });
});

describe('a user', () => {
  test('is limited with a reason, and gets limits, tags and a note', async () => {
    await page.goto('/users');
    await page.getByRole('link', { name: demo }).click();
    const menu = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: `${demo}的操作` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('更改状态');
    await dialog().getByRole('button', { name: '更改状态' }).click();
    await dialog().getByText('请选择与现在不同的状态。').waitFor();
    await dialog().getByRole('radio', { name: /^受限/ }).check();
    await confirm('更改状态', '付款争议');
    await page.getByText('付款争议').waitFor();

    await menu('设定限额');
    await dialog().getByLabel('24 小时最多订单数').fill('0');
    await dialog().getByRole('button', { name: '设定限额' }).click();
    await dialog().getByText('请输入 1 到 1000000 的整数，或留空。').waitFor();
    await dialog().getByLabel('24 小时最多订单数').fill('7');
    await confirm('设定限额', '观察一周');
    await page.getByText('单独设定').waitFor();

    await menu('编辑标签');
    await dialog().getByLabel('标签').fill('vip，争议');
    await confirm('编辑标签');
    await page.getByRole('link', { name: 'vip' }).waitFor();

    await menu('添加备忘');
    await dialog().getByLabel('内容').fill('周五回电');
    await confirm('添加备忘');
    await page.getByText('周五回电').waitFor();

    await page.getByRole('link', { name: 'vip' }).click();
    await page.getByRole('button', { name: '移除筛选：标签 vip' }).waitFor();
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2);
  });

  test('keeps addresses', async () => {
    await page.goto('/users');
    await page.getByRole('link', { name: other }).click();
    await page.getByRole('button', { name: '添加地址' }).first().click();
    const field = dialog().getByLabel('地址', { exact: true });
    await field.fill('T123');
    await dialog().getByRole('button', { name: '添加地址' }).click();
    await dialog().getByText('请输入以 T 开头的 34 位地址。').waitFor();
    // It looks like one, and its checksum is wrong.
    await field.fill('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u');
    await dialog().getByRole('button', { name: '添加地址' }).click();
    await dialog().getByText('不是有效的 TRON 地址，请核对。').waitFor();
    const address = await desk.address();
    await field.fill(address);
    await dialog().getByLabel('名称').fill('冷钱包');
    await dialog().getByRole('checkbox').check();
    await confirm('添加地址');
    const entry = page.getByRole('listitem').filter({ hasText: '冷钱包' });
    await entry.getByText('默认').waitFor();
    await entry.getByRole('button', { name: /的操作$/ }).click();
    await page.getByRole('menuitem', { name: '移除地址' }).click();
    await confirm('移除地址');
    await entry.waitFor({ state: 'hidden' });
  });

  test('has money converted at the quote that is shown', async () => {
    await page.getByRole('button', { name: '兑换余额' }).click();
    await dialog().getByLabel('换出 → 换入').selectOption('TRX');
    await dialog().getByLabel('金额').fill('9999');
    await dialog()
      .getByText(/^可用余额只有/)
      .waitFor();
    await dialog().getByLabel('金额').fill('10');
    // The local rate swings around 0.3.
    await dialog()
      .getByText(/^换出 10 TRX，得到 [23]\.\d+ USDT/)
      .waitFor();
    await confirm('兑换余额');
    const statement = page.getByRole('table', { name: '流水' });
    await statement.getByRole('row', { name: '兑换' }).getByText('−10.000000').waitFor();
  });
});
