import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { bookCosts } from './book-costs.ts';

let desk: CoreDesk;

beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterAll(async () => {
  await desk.stop();
});

async function booked(): Promise<{ costs: bigint; burnt: bigint }> {
  const rows = await query<{ code: string; balance: bigint }>(
    desk.database.read(),
    `select code, balance from ledger_accounts
     where code in ('desk.costs.chain', 'chain.fees') and asset = 'TRX'`,
  );
  const of = (code: string): bigint => rows.find((row) => row.code === code)?.balance ?? 0n;
  return { costs: of('desk.costs.chain'), burnt: of('chain.fees') };
}

/** What the chain says that all wallets burnt, and what the books say. */
async function record(): Promise<{ onChain: bigint; inBooks: bigint }> {
  const wallets = await query<{ address: string }>(
    desk.database.read(),
    'select address from wallets',
  );
  const owners = wallets.map(({ address }) => address);
  const { entries } = (await desk.control('record', { owners })) as { entries: { fee?: string }[] };
  return {
    onChain: entries.reduce((all, { fee }) => all + BigInt(fee ?? 0), 0n),
    inBooks: (await booked()).burnt,
  };
}

/** What the wallet has lost on chain; nothing of it was sent anywhere. */
async function lost(address: Parameters<CoreDesk['chain']['solidAccount']>[0]): Promise<bigint> {
  const { account } = await desk.chain.solidAccount(address);
  return 1_000n * UNIT - (account?.balance ?? 0n);
}

describe('the costs of the chain', () => {
  it('are booked to the sun: what the wallet burnt for its orders', async () => {
    const wallet = await desk.wallet(60_000n);
    for (let order = 0; order < 4; order += 1) await desk.place({ energy: 20_000n });
    await desk.blocks(6);
    const burnt = await lost(wallet.address);
    expect(burnt).toBeGreaterThan(0n);
    expect(await booked()).toEqual({ costs: -burnt, burnt });
    await expectBooksAndChainAgree(desk.database, desk.devnet.url);
  });

  it('are booked once, whoever reads the block and however often', async () => {
    await desk.wallet(60_000n);
    const before = await record();
    for (let order = 0; order < 4; order += 1) await desk.place({ energy: 20_000n });
    await desk.work.engine.runOnce();
    desk.devnet.step(4);
    await desk.chain.nodes.check();
    while ((await desk.work.reader.readOnce()) > 0);
    const unbooked = await queryOne<{ count: bigint }>(
      desk.database.read(),
      'select count(*) from wallet_transactions where fee_sun is null',
    );
    expect(unbooked?.count).toBe(4n);
    const parts = { database: desk.database, nodes: desk.chain.nodes };
    const booking = await Promise.all([1, 2, 3].map(() => bookCosts(parts)));
    expect(booking.reduce((all, one) => all + one)).toBe(4);
    expect(await bookCosts(parts)).toBe(0);
    const after = await record();
    expect(after.onChain).toBeGreaterThan(before.onChain);
    expect(after.inBooks - before.inBooks).toBe(after.onChain - before.onChain);
  });

  it('count what was done without the desk too', async () => {
    const wallet = await desk.wallet(60_000n);
    const to = await desk.address();
    const before = (await booked()).burnt;
    for (const amountSun of [UNIT, 2n * UNIT, 3n * UNIT]) {
      await desk.byHand({ kind: 'transfer', owner: wallet.address, to, amountSun });
      await desk.blocks();
    }
    await desk.blocks(4);
    const fees = (await lost(wallet.address)) - 6n * UNIT;
    expect(fees).toBeGreaterThan(0n);
    expect((await booked()).burnt - before).toBe(fees);
  });

  it('of one block without receipts hold up no other', async () => {
    await desk.wallet(60_000n);
    for (let order = 0; order < 2; order += 1) {
      await desk.place({ energy: 20_000n });
      await desk.work.engine.runOnce();
      desk.devnet.step();
    }
    desk.devnet.step(3);
    await desk.chain.nodes.check();
    while ((await desk.work.reader.readOnce()) > 0);
    const unread = async (): Promise<bigint[]> => {
      const rows = await query<{ block: bigint }>(
        desk.database.read(),
        'select distinct block from wallet_transactions where fee_sun is null order by block',
      );
      return rows.map(({ block }) => block);
    };
    const [first, second] = await unread();
    const parts = { database: desk.database, nodes: desk.chain.nodes };
    const path = '/walletsolidity/gettransactioninfobyblocknum';
    // Both rounds of one read meet it, and the next block is asked for in peace.
    await desk.control('faults', { kind: 'garbage', path, count: 2 });
    await expect(bookCosts(parts)).rejects.toThrow();
    expect(second).toBeDefined();
    expect(await unread()).toEqual([first]);
    expect(await bookCosts(parts)).toBe(1);
  });

  it('wait for a node that has the receipts', async () => {
    await desk.wallet(60_000n);
    for (let order = 0; order < 4; order += 1) await desk.place({ energy: 20_000n });
    await desk.work.engine.runOnce();
    desk.devnet.step(4);
    await desk.chain.nodes.check();
    while ((await desk.work.reader.readOnce()) > 0);
    const parts = { database: desk.database, nodes: desk.chain.nodes };
    const path = '/walletsolidity/gettransactioninfobyblocknum';
    await desk.control('faults', { kind: 'garbage', path });
    await expect(bookCosts(parts)).rejects.toThrow();
    await fetch(`${desk.devnet.url}/devnet/faults`, { method: 'DELETE', body: '{}' });
    expect(await bookCosts(parts)).toBe(4);
  });
});
