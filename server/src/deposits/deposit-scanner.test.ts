import { HDKey } from '@scure/bip32';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Address } from '../chain/address.ts';
import { query, queryOne } from '../database/query.ts';
import type { PreparingHandler } from '../following/block-handler.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { readSettings } from '../settings/read-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { catchUp, ReadingDesk } from '../testing/reading-desk.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { DepositScanner } from './deposit-scanner.ts';
import { openPayTo } from './own-address.ts';

const ids = new IdMaker(systemClock, systemRandom);
const test = system('test');

let desk: ReadingDesk;
beforeEach(async () => {
  desk = await ReadingDesk.open();
  const account = HDKey.fromMasterSeed(Buffer.alloc(32, 9)).derive(`m/44'/195'/0'`);
  await desk.database.transaction(test, (em) =>
    changeSettings(
      em,
      test,
      [change('deposits.accountKey', account.publicExtendedKey)],
      'for the test',
    ),
  );
});
afterEach(async () => {
  await expectBooksAndChainAgree(desk.database, desk.devnet.url);
  await desk.close();
});

const scanner = (): PreparingHandler =>
  new DepositScanner({ database: desk.database, nodes: desk.nodes, ids });

/** Users with an address of their own each. */
function users(count: number): Promise<Address[]> {
  return desk.database.transaction(test, async (em) => {
    const refs = Array.from({ length: count }, (_, index) => ({
      by: 'telegramId' as const,
      telegramId: BigInt(9_000_000 + index),
    }));
    const { values } = await readSettings(em);
    const addresses: Address[] = [];
    for (const user of await ensureUsers(em, ids, refs)) {
      const payTo = await openPayTo(em, values, present(user, 'user').id);
      addresses.push(present(payTo, 'address').address);
    }
    return addresses;
  });
}

async function fund(address: Address, sun: bigint, usdt: bigint): Promise<void> {
  const body = JSON.stringify({ address, sun: sun.toString(), usdt: usdt.toString() });
  const answer = await fetch(`${desk.devnet.url}/devnet/fund`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

/** Credited micro-units by currency, and in how many deposits. */
async function credited(): Promise<Record<string, string>> {
  const rows = await query<{ asset: string; sum: bigint; count: bigint }>(
    desk.database.read(),
    `select a.asset, sum(a.balance)::bigint as sum,
            (select count(*) from deposits d where d.state = 'CREDITED' and d.currency = a.asset) as count
     from ledger_accounts a where a.code = 'user.available' group by a.asset`,
  );
  return Object.fromEntries(rows.map(({ asset, sum, count }) => [asset, `${sum} in ${count}`]));
}

it('credits many users at once, however many processes read', async () => {
  const first = desk.readerOf({ handlers: [scanner()] });
  await catchUp(first);
  const addresses = await users(300);
  for (const [index, address] of addresses.entries()) {
    await fund(address, 20_000_000n + BigInt(index), index % 3 === 0 ? 30_000_000n : 0n);
    if (index % 60 === 59) desk.devnet.step();
  }
  desk.devnet.step(5);
  const second = desk.readerOf({ handlers: [scanner()] });
  await Promise.all([catchUp(first), catchUp(second)]);
  await catchUp(first);
  const sun = 300n * 20_000_000n + (300n * 299n) / 2n;
  expect(await credited()).toEqual({ TRX: `${sun} in 300`, USDT: '3000000000 in 100' });
});

it('leaves nothing of a bunch whose transaction died after the credits', async () => {
  await catchUp(desk.readerOf());
  const [address] = await users(1);
  await fund(present(address, 'address'), 50_000_000n, 0n);
  desk.devnet.step(5);
  const dies = {
    name: 'dies',
    read: async (em: Parameters<Awaited<ReturnType<PreparingHandler['prepare']>>>[0]) => {
      const posted = await queryOne(em, `select from ledger_transfers where kind = 'deposit'`);
      if (posted) throw new Error('the process was killed here');
    },
  };
  await expect(catchUp(desk.readerOf({ handlers: [scanner(), dies] }))).rejects.toThrow('killed');
  expect(await credited()).toEqual({ TRX: '0 in 0', USDT: '0 in 0' });
  await catchUp(desk.readerOf({ handlers: [scanner()] }));
  expect(await credited()).toMatchObject({ TRX: '50000000 in 1' });
});

it('waits for receipts that no node can give, and credits nothing before', async () => {
  const reader = desk.readerOf({ handlers: [scanner()] });
  await catchUp(reader);
  const [address] = await users(1);
  await fund(present(address, 'address'), 0n, 60_000_000n);
  desk.devnet.step(5);
  await desk.fault({ kind: 'garbage', path: '/walletsolidity/gettransactioninfobyblocknum' });
  await expect(catchUp(reader)).rejects.toThrow('No TRON node');
  expect(await credited()).toMatchObject({ USDT: '0 in 0' });
  await desk.heal();
  await catchUp(reader);
  expect(await credited()).toMatchObject({ USDT: '60000000 in 1' });
});
