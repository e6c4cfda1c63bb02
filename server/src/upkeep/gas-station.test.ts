import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { UNIT } from '../kernel/money.ts';
import { systemRandom } from '../kernel/random.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import { type Address, addressToHex } from '../chain/address.ts';
import { topUpByRule } from './top-up.ts';

const gasStation = system('gas-station');

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let treasury: { id: string; address: Address };

beforeEach(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  treasury = await desk.core.wallet(1n, 'treasury');
  await desk.core.control('fund', { address: treasury.address, sun: (9_000n * UNIT).toString() });
  await desk.core.blocks(4);
  await set({ low: 1_500n, target: 2_000n, limit: 10_000n });
});
afterEach(async () => {
  await desk.stop();
});

/** Whole TRX. */
async function set(rule: { low: bigint; target: bigint; limit: bigint }): Promise<void> {
  const sun = (trx: bigint): string => (trx * UNIT).toString();
  await desk.core.database.transaction(desk.core.actor, (em) =>
    changeSettings(
      em,
      desk.core.actor,
      [
        change('upkeep.treasuryWallet', treasury.address),
        change('upkeep.lowSun', sun(rule.low)),
        change('upkeep.targetSun', sun(rule.target)),
        change('upkeep.dailyLimitSun', sun(rule.limit)),
      ],
      'test',
    ),
  );
}

/** Transfers from the treasury that the chain has executed, in whole TRX. */
async function paidTo(address: Address): Promise<bigint[]> {
  const { entries } = (await desk.core.control('record', { owners: [treasury.address] })) as {
    entries: { kind: string; receiver?: string; amount?: string }[];
  };
  const hex = addressToHex(address);
  return entries
    .filter(({ kind, receiver }) => kind === 'transfer' && receiver === hex)
    .map(({ amount }) => BigInt(amount ?? '0') / UNIT);
}

const UPKEEP = `{ upkeep { enabled spentToday dailyLimit problem treasury { id }
  wallets { wallet { id } balance isLow openTopUp { id kind state } }
  topUps { amount byRule wallet { id } operation { state receiver } } } }`;

interface Answer {
  upkeep: {
    spentToday: string;
    problem: string | null;
    treasury: { id: string } | null;
    wallets: {
      wallet: { id: string };
      balance: string;
      isLow: boolean;
      openTopUp: object | null;
    }[];
    topUps: { amount: string; byRule: boolean; operation: { state: string } }[];
  };
}

async function upkeep(): Promise<Answer['upkeep']> {
  return (await operator.request<Answer>(UPKEEP)).upkeep;
}

/** A database of a process of its own, as another worker has. */
async function another(): Promise<Database> {
  const { core } = desk;
  return Database.connect({
    url: present(core.database.orm.config.get('clientUrl'), 'address'),
    poolSize: 2,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
}

describe('the gas station', () => {
  it('tops up a low wallet once, though two workers decide and one is killed', async () => {
    const { core } = desk;
    const wallet = await core.wallet(50_000n, 'thirsty');
    const [killed, lives] = [await another(), await another()];
    try {
      const dying = killed.transaction(gasStation, async (em) => {
        expect(await topUpByRule(em, core.ids)).toBe(1);
        // While it has the turn the others do nothing.
        expect(await lives.transaction(gasStation, (one) => topUpByRule(one, core.ids))).toBe(
          undefined,
        );
        await query(em, 'select pg_terminate_backend(pg_backend_pid())');
      });
      await expect(dying).rejects.toThrow();
      expect((await upkeep()).topUps).toEqual([]);

      const both = await Promise.all([
        lives.transaction(gasStation, (em) => topUpByRule(em, core.ids)),
        core.work.keepUp.topUp(),
      ]);
      expect(both.filter((made) => made === 1)).toHaveLength(1);
    } finally {
      await killed.close();
      await lives.close();
    }
    // Whoever decided is gone; the engine of another process does it.
    expect((await upkeep()).wallets).toMatchObject([
      { isLow: true, openTopUp: { kind: 'TRANSFER' } },
    ]);
    for (let block = 0; block < 8; block += 1) {
      await core.work.keepUp.topUp();
      await core.blocks();
    }
    expect(await paidTo(wallet.address)).toEqual([1_000n]);
    expect(await upkeep()).toMatchObject({
      spentToday: '1000',
      problem: null,
      treasury: { id: treasury.id },
      wallets: [{ wallet: { id: wallet.id }, balance: '2000', isLow: false, openTopUp: null }],
      topUps: [{ amount: '1000', byRule: true, operation: { state: 'SOLID' } }],
    });
    await expectBooksAndChainAgree(core.database, core.devnet.url);
  });

  it('does not pay again before the first payment is seen in the balance', async () => {
    const { core } = desk;
    const wallet = await core.wallet(50_000n, 'thirsty');
    expect(await core.work.keepUp.topUp()).toBe(1);
    await core.work.engine.runOnce();
    core.devnet.step(5);
    await core.chain.nodes.check();
    while ((await core.work.reader.readOnce()) > 0);
    // Solid by our own reading, but nobody has looked at the wallet since.
    expect((await upkeep()).topUps).toMatchObject([{ operation: { state: 'SOLID' } }]);
    expect((await upkeep()).wallets).toMatchObject([{ isLow: true }]);
    expect(await core.work.keepUp.topUp()).toBe(0);
    await core.blocks(2);
    expect(await core.work.keepUp.topUp()).toBe(0);
    expect(await paidTo(wallet.address)).toEqual([1_000n]);
  });

  it('keeps to the limit of the day and to the treasury’s minimum, and says so', async () => {
    const { core } = desk;
    await set({ low: 1_500n, target: 2_000n, limit: 1_200n });
    await core.wallet(50_000n, 'first');
    await core.wallet(50_000n, 'second');
    await core.wallet(50_000n, 'third');
    expect(await core.work.keepUp.topUp()).toBe(2);
    expect(await upkeep()).toMatchObject({
      spentToday: '1200',
      problem: expect.stringContaining('limit') as unknown,
    });
    const events = await query<{ kind: string }>(
      core.database.read(),
      `select kind from events where kind like 'upkeep.%'`,
    );
    expect(events).toEqual([{ kind: 'upkeep.stuck' }]);
    await core.work.keepUp.topUp();
    await set({ low: 100n, target: 200n, limit: 5_000n });
    await core.work.keepUp.topUp();
    const later = await query<{ kind: string }>(
      core.database.read(),
      `select kind from events where kind like 'upkeep.%' order by position`,
    );
    expect(later).toEqual([{ kind: 'upkeep.stuck' }, { kind: 'upkeep.recovered' }]);
  });

  it('waits after a failure instead of trying for ever', async () => {
    const { core } = desk;
    const wallet = await core.wallet(50_000n, 'thirsty');
    // The signer's policy no longer names the wallet.
    core.transferReceivers.splice(core.transferReceivers.indexOf(wallet.address), 1);
    expect(await core.work.keepUp.topUp()).toBe(1);
    await core.work.engine.runOnce();
    await core.database.transaction(core.actor, (em) =>
      query(em, `update chain_operations set deadline_at = desk_now() where kind = 'TRANSFER'`),
    );
    await core.blocks(2);
    const state = await queryOne<{ state: string }>(
      core.database.read(),
      `select state from chain_operations where kind = 'TRANSFER'`,
    );
    expect(state).toEqual({ state: 'ABANDONED' });
    expect(await core.work.keepUp.topUp()).toBe(0);
    expect((await upkeep()).problem).toContain('transferReceivers');
  });

  const TOP_UP = `mutation ($input: TopUpWalletInput!) { topUpWallet(input: $input) {
    amount byRule wallet { id } operation { id state } } }`;

  it('tops up by hand, once per client id, within the limits', async () => {
    const { core } = desk;
    await set({ low: 10n, target: 20n, limit: 500n });
    const wallet = await core.wallet(50_000n, 'wallet');
    const input = {
      walletId: wallet.id,
      amount: '300',
      clientId: 'one',
      reason: 'Before the fair',
    };
    const first = await operator.request(TOP_UP, { input });
    expect(first).toMatchObject({
      topUpWallet: { amount: '300', byRule: false, wallet: { id: wallet.id } },
    });
    expect(await operator.request(TOP_UP, { input })).toEqual(first);
    expect(await operator.refusal(TOP_UP, { input: { ...input, amount: '301' } })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    const second = { ...input, clientId: 'two' };
    expect(await operator.refusal(TOP_UP, { input: second })).toMatchObject({
      code: 'ILLEGAL_STATE',
      field: 'input.walletId',
    });
    await core.blocks(6);
    expect(await paidTo(wallet.address)).toEqual([300n]);
    expect(await operator.refusal(TOP_UP, { input: second })).toMatchObject({
      code: 'ILLEGAL_STATE',
      field: 'input.amount',
    });
    const nobody = { ...input, walletId: 'nonsense', clientId: 'three' };
    expect(await operator.refusal(TOP_UP, { input: nobody })).toMatchObject({ code: 'NOT_FOUND' });
    const analyst = await desk.operator('ANALYST');
    expect(await analyst.refusal(TOP_UP, { input: second })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
