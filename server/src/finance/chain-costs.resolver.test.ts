import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { parseAmount, sum, UNIT } from '../kernel/money.ts';
import { GraphqlDesk } from '../testing/graphql-desk.ts';

let desk: GraphqlDesk;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
});
afterAll(async () => {
  await desk.stop();
});

const COSTS = `query ($from: DateTime!, $to: DateTime!) { chainCosts(from: $from, to: $to, bucket: DAY) {
  total transactions foreign unread buckets { start fee transactions bandwidth }
  byContract { contract fee transactions } byWallet { wallet { id } fee } } }`;

interface Answer {
  chainCosts: {
    total: string;
    foreign: string;
    unread: number;
    transactions: number;
    buckets: { fee: string; bandwidth: number }[];
    byContract: { contract: string; fee: string }[];
    byWallet: { wallet: { id: string }; fee: string }[];
  };
}

describe('chainCosts', () => {
  it('adds up the same by day, contract and wallet, and as the ledger has it', async () => {
    const { core } = desk;
    const one = await core.wallet(60_000n);
    await core.wallet(60_000n);
    for (let order = 0; order < 6; order += 1) await core.place({ energy: 100_000n });
    await core.blocks(2);
    const to = await core.address();
    for (const amountSun of [UNIT, 2n * UNIT, 3n * UNIT]) {
      await core.byHand({ kind: 'transfer', owner: one.address, to, amountSun });
    }
    await core.blocks(5);
    const analyst = await desk.operator('ANALYST');
    const rows = await query<{ time_ms: bigint }>(
      core.database.read(),
      'select time_ms from wallet_transactions order by time_ms',
    );
    const first = Number(rows[0]?.time_ms);
    const last = Number(rows.at(-1)?.time_ms);
    const period = {
      from: new Date(first).toISOString(),
      to: new Date(last + 1).toISOString(),
    };
    const { chainCosts } = await analyst.request<Answer>(COSTS, period);
    const booked = await query<{ sun: bigint }>(
      core.database.read(),
      `select -balance as sun from ledger_accounts where code = 'desk.costs.chain' and asset = 'TRX'`,
    );
    const total = parseAmount(chainCosts.total);
    expect(total).toBeGreaterThan(0n);
    expect(booked).toEqual([{ sun: total }]);
    for (const parts of [chainCosts.buckets, chainCosts.byContract, chainCosts.byWallet]) {
      expect(sum(parts.map(({ fee }) => parseAmount(fee)))).toBe(total);
    }
    expect(chainCosts.unread).toBe(0);
    expect(chainCosts.transactions).toBe(rows.length);
    const transfers = chainCosts.byContract.find(({ contract }) => contract === 'TransferContract');
    expect(chainCosts.foreign).toBe(transfers?.fee);
    expect(chainCosts.buckets.some(({ bandwidth }) => bandwidth > 0)).toBe(true);

    const before = { from: new Date(first - 86_400_000).toISOString(), to: period.from };
    const nothing = await analyst.request<Answer>(COSTS, before);
    expect(nothing.chainCosts).toMatchObject({ total: '0', transactions: 0 });
    expect(await analyst.refusal(COSTS, { from: period.to, to: period.from })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'to',
    });
  });

  it('is nothing for bots', async () => {
    const bot = await desk.client('BOT');
    const period = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    expect(await bot.refusal(COSTS, period)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
