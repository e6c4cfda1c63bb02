import { HDKey } from '@scure/bip32';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Address } from '../chain/address.ts';
import { queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { change } from '../settings/change-settings.ts';
import type { GraphqlCaller } from '../testing/graphql-desk.ts';
import { PayoutDesk } from '../testing/payout-desk.ts';
import { Payer } from '../testing/payer.ts';

let desk: PayoutDesk;
let admin: GraphqlCaller;
let account: HDKey;
let telegram = 8_000_000n;

beforeEach(async () => {
  desk = await PayoutDesk.start(await identityToRecipient(await generateX25519Identity()));
  admin = await desk.desk.operator('ADMIN');
  account = HDKey.fromMasterSeed(randomBytes(32)).derive("m/44'/195'/0'");
  await desk.set(change('deposits.accountKey', account.publicExtendedKey));
});
afterEach(() => desk.stop());

/** The private side is with the signer from now on. */
async function register(): Promise<void> {
  await admin.request(
    `mutation ($input: RegisterDepositSeedInput!) { registerDepositSeed(input: $input) { accountKey } }`,
    { input: { extendedPrivateKey: account.privateExtendedKey } },
  );
  const row = await queryOne<{ sealed: string }>(
    desk.core.database.read(),
    'select sealed from deposit_seeds',
  );
  const { sealed } = present(row, 'seed');
  expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
  const { privateKey, chainCode } = account;
  desk.core.keepKey(
    sealed,
    Buffer.concat([present(privateKey, 'key'), present(chainCode, 'code')]).toString('hex'),
  );
}

/** A user's own address with this much on it, credited. */
async function paid(amount: { trx?: bigint; usdt?: bigint }): Promise<Address> {
  telegram += 1n;
  const { openDepositAddress } = await desk.bot.request<{
    openDepositAddress: { address: Address };
  }>(
    `mutation ($input: OpenDepositAddressInput!) { openDepositAddress(input: $input) { address } }`,
    { input: { user: { telegramId: telegram.toString() } } },
  );
  const { address } = openDepositAddress;
  const payer = await Payer.rich(desk.core);
  if (amount.trx) await payer.trx(address, amount.trx * UNIT);
  if (amount.usdt) await payer.usdt(address, amount.usdt * UNIT);
  await desk.core.blocks(5);
  return address;
}

interface Item {
  address: string;
  money: { amount: string; currency: string };
  burn: string;
  fuel: string;
  energy: number;
  skip: string | null;
}

async function plan(): Promise<{ items: Item[]; usdt: string; fuel: string }> {
  const { sweepPlan } = await desk.finance.request<{
    sweepPlan: { items: Item[]; usdt: string; fuel: string };
  }>(`query { sweepPlan { to usdt trx fuel burn items {
        address money { amount currency } bandwidth energy burn fuel skip user { telegramId } } } }`);
  return sweepPlan;
}

const SWEEP = `mutation ($input: SweepInput!) { sweep(input: $input) { id state fuel problem } }`;

function wish(...items: [Address, 'TRX' | 'USDT'][]): Record<string, unknown> {
  const named = items.map(([address, currency]) => ({ address, currency }));
  return { input: { items: named, reason: 'weekly', clientId: 'week 1' } };
}

async function states(): Promise<string[]> {
  const { sweeps } = await desk.finance.request<{
    sweeps: { edges: { node: { state: string; operation: { purpose: string } | null } }[] };
  }>(`query { sweeps { edges { node { state operation { purpose state } } } } }`);
  return sweeps.edges.map(({ node }) => node.state);
}

/** Sun and micro-USDT of the treasury that came from an address. */
async function swept(owner: Address): Promise<string[]> {
  const { entries } = (await desk.core.control('record', { owners: [owner] })) as {
    entries: { kind: string; amount?: string }[];
  };
  return entries.map(({ kind, amount }) => `${kind} ${amount ?? ''}`);
}

describe('a sweep', () => {
  it('brings TRX and USDT to the treasury, once, with TRX for the fee first where there are none', async () => {
    await register();
    const rich = await paid({ trx: 50n });
    const token = await paid({ usdt: 80n });
    const poor = await paid({ trx: 15n });
    const { items } = await plan();
    const of = (address: string, currency: string): Item | undefined =>
      items.find((one) => one.address === address && one.money.currency === currency);
    expect(of(rich, 'TRX')).toMatchObject({ skip: null, burn: '0', fuel: '0' });
    expect(of(rich, 'USDT')?.skip).toBe('It holds no USDT.');
    expect(of(poor, 'TRX')?.skip).toMatch(/holds 15 TRX; it is worth it from 20 on/);
    // Not activated: 130,285 Energy to a treasury without USDT, and the account itself.
    expect(of(token, 'USDT')).toMatchObject({ skip: null, energy: 130_285 });
    expect(Number(of(token, 'USDT')?.fuel)).toBeGreaterThan(13);

    const input = wish([rich, 'TRX'], [token, 'USDT']);
    const { sweep } = await desk.finance.request<{ sweep: { state: string }[] }>(SWEEP, input);
    expect(sweep.map(({ state }) => state)).toEqual(['SENDING', 'FUELLING']);
    const again = await desk.finance.request<{ sweep: { id: string }[] }>(SWEEP, input);
    expect(again.sweep).toEqual(sweep);
    expect(await desk.finance.refusal(SWEEP, wish([rich, 'TRX']))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    await desk.core.blocks(16);
    expect(await states()).toEqual(['SETTLED', 'SETTLED']);
    expect(await swept(rich)).toEqual(['transfer 50000000']);
    expect(await swept(token)).toEqual(['usdt 80000000']);
    // The fuel is no deposit of anybody, and nothing is left to be worth it.
    expect((await plan()).items.every(({ skip }) => skip !== null)).toBe(true);
    const { ignoredTransfers } = await desk.finance.request<{
      ignoredTransfers: { why: string }[];
    }>(`query { ignoredTransfers { why } }`);
    expect(ignoredTransfers.map(({ why }) => why)).toEqual(['OUR_OWN']);
  });

  it('is refused whole when one of it cannot be, and says which', async () => {
    const address = await paid({ trx: 50n });
    expect((await plan()).items[1]?.skip).toMatch(/private side of its account/);
    expect(await desk.finance.refusal(SWEEP, wish([address, 'TRX']))).toMatchObject({
      code: 'ILLEGAL_STATE',
      field: 'input.items.0',
    });
    await register();
    const poor = await paid({ trx: 15n });
    expect(await desk.finance.refusal(SWEEP, wish([address, 'TRX'], [poor, 'TRX']))).toMatchObject({
      code: 'ILLEGAL_STATE',
      field: 'input.items.1',
    });
    const stranger = await desk.core.address();
    expect(await desk.finance.refusal(SWEEP, wish([stranger, 'TRX']))).toMatchObject({
      code: 'BAD_INPUT',
      field: 'input.items.0',
    });
    expect(await states()).toEqual([]);
    expect(await desk.bot.refusal(SWEEP, wish([address, 'TRX']))).toMatchObject({
      code: 'FORBIDDEN',
    });
    await desk.set(change('deposits.addresses', [desk.treasury.address]));
    expect(await desk.finance.refusal(SWEEP, wish([address, 'TRX']))).toMatchObject({
      code: 'ILLEGAL_STATE',
      message: expect.stringMatching(/what is swept would count as paid in/) as string,
    });
    await desk.set(change('deposits.addresses', []));
  });

  it('that the signer does not sign fails at its deadline, and can be asked for again', async () => {
    await register();
    const address = await paid({ trx: 50n });
    // The policy no longer names the treasury.
    const named = desk.core.transferReceivers.splice(0);
    await desk.finance.request(SWEEP, wish([address, 'TRX']));
    await desk.core.blocks(2);
    await desk.sql(`update chain_operations set deadline_at = desk_now() where purpose = 'sweep'`);
    await desk.sql(
      `update chain_operations set lease_until = desk_now() - interval '1 second' where purpose = 'sweep'`,
    );
    await desk.core.blocks(3);
    expect(await states()).toEqual(['FAILED']);
    desk.core.transferReceivers.push(...named);
    const input = { items: [{ address, currency: 'TRX' }], reason: 'again', clientId: 'week 2' };
    await desk.finance.request(SWEEP, { input });
    await desk.core.blocks(8);
    expect(await states()).toEqual(['SETTLED', 'FAILED']);
    expect(await swept(address)).toEqual(['transfer 50000000']);
  });
});

describe('the private side of an account', () => {
  it('is taken from an administrator alone, for an account in use, and never shown', async () => {
    const other = HDKey.fromMasterSeed(randomBytes(32)).derive("m/44'/195'/0'");
    const mutation = `mutation ($input: RegisterDepositSeedInput!) {
      registerDepositSeed(input: $input) { accountKey addresses } }`;
    const give = (extendedPrivateKey: string): Record<string, unknown> => ({
      input: { extendedPrivateKey },
    });
    for (const [given, why] of [
      [other.privateExtendedKey, /No deposit address is derived from this account/],
      [account.publicExtendedKey, /not a public one/],
      [account.deriveChild(0).privateExtendedKey, /m\/44’\/195’\/0’/],
      ['no key at all, but a word', /Give the extended private key/],
    ] as const) {
      const refusal = await admin.refusal(mutation, give(given));
      expect(refusal).toMatchObject({ code: 'BAD_INPUT', field: 'input.extendedPrivateKey' });
      expect(refusal.message).toMatch(why);
      expect(JSON.stringify(refusal)).not.toContain(given.slice(0, 20));
    }
    expect(await desk.finance.refusal(mutation, give(account.privateExtendedKey))).toMatchObject({
      code: 'FORBIDDEN',
    });
    await register();
    await register();
    const { depositSeeds } = await desk.finance.request<{ depositSeeds: object[] }>(
      'query { depositSeeds { accountKey addresses } }',
    );
    expect(depositSeeds).toEqual([{ accountKey: account.publicExtendedKey, addresses: 0 }]);
    const { privateKey } = account;
    const told = await queryOne<{ found: boolean }>(
      desk.core.database.read(),
      `select exists (select from audit_log where details::text like '%' || $1 || '%'
                      or details::text like '%xprv%') as found`,
      [Buffer.from(present(privateKey, 'key')).toString('hex')],
    );
    expect(told?.found).toBe(false);
  });
});
