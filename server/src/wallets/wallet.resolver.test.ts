import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { keyOpener } from '../signer/open-key.ts';
import { CannotStart } from '../signer/refusal.ts';
import { type GraphqlCaller, GraphqlDesk, nextOf } from '../testing/graphql-desk.ts';
import { addressOfKey } from '../chain/address.ts';

let desk: GraphqlDesk;
let admin: GraphqlCaller;
let folder: string;
let identityFile: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wallets-'));
  identityFile = path.join(folder, 'identity.txt');
  const identity = await generateX25519Identity();
  await writeFile(identityFile, `# made for a test\n${identity}\n`);
  desk = await GraphqlDesk.start(await identityToRecipient(identity));
  admin = await desk.operator('ADMIN');
});
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true });
});

const REGISTER = `mutation ($input: RegisterWalletInput!) { registerWallet(input: $input) {
  id address label state balance capacity { staked free } history { to actor { kind } } } }`;
const SET_STATE = `mutation ($input: SetWalletStateInput!) { setWalletState(input: $input) {
  state stateReason history { from to cause } } }`;

interface Registered {
  registerWallet: { id: string; address: string; capacity: { staked: string; free: string } };
}

/** An account with this much stake for Energy. */
async function staked(trx = 10_000n): Promise<string> {
  const key = randomBytes(32).toString('hex');
  const address = addressOfKey(key);
  await desk.core.control('fund', { address, sun: (100n * UNIT).toString() });
  if (trx > 0n) {
    await desk.core.control('stake', { address, sun: (trx * UNIT).toString(), resource: 'ENERGY' });
  }
  await desk.core.blocks(4);
  return key;
}

async function register(privateKey: string): Promise<Registered['registerWallet']> {
  const input = { label: 'Pool 1', privateKey };
  return (await admin.request<Registered>(REGISTER, { input })).registerWallet;
}

describe('registerWallet', () => {
  it('takes a wallet into the pool, with its stake, and opens to the signer alone', async () => {
    const key = await staked();
    const wallet = await register(key);
    expect(wallet).toMatchObject({
      address: addressOfKey(key),
      label: 'Pool 1',
      state: 'ACTIVE',
      balance: '100',
      capacity: { staked: '10000000000', free: '10000000000' },
      history: [{ to: 'ACTIVE', actor: { kind: 'OPERATOR' } }],
    });
    const row = await queryOne<{ sealed: string }>(
      desk.core.database.read(),
      'select sealed from wallet_keys where wallet_id = $1',
      [wallet.id],
    );
    const open = await keyOpener(identityFile);
    expect(await open(row?.sealed ?? '')).toBe(key);
  });

  it('leaves the private key nowhere: not in the database, not in the log, not in an answer', async () => {
    const key = await staked();
    const input = { label: 'Canary', privateKey: key };
    const answers = [
      await admin.ask(REGISTER, { input }),
      await admin.ask(REGISTER, { input }),
      await admin.ask(REGISTER, { input: { ...input, privateKey: `${key}0` } }),
      await admin.ask(REGISTER, { input: { ...input, label: 5 } }),
      await admin.ask(
        `mutation { registerWallet(input: { label: 5, privateKey: "${key}" }) { id } }`,
      ),
      await admin.ask(
        `mutation { registerWallet(input: { label: "a", privateKey: "${key}" }) { nonsense } }`,
      ),
    ];
    expect(answers.map(({ errors }) => errors.length)).toEqual([0, 1, 1, 1, 1, 1]);
    const everything = [
      JSON.stringify(answers.map(({ data, errors }) => ({ data, errors }))),
      desk.logged.join('\n'),
      await everyRow(),
    ].join('\n');
    expect(everything).toContain('Canary');
    const bytes = Buffer.from(key, 'hex');
    for (const form of [
      key,
      key.toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      expect(everything.includes(form)).toBe(false);
    }
  });

  it.each([
    ['short', 'ab', { code: 'BAD_PRIVATE_KEY', field: 'input.privateKey' }],
    ['zero', '0'.repeat(64), { code: 'BAD_PRIVATE_KEY', field: 'input.privateKey' }],
    ['of nobody', randomBytes(32).toString('hex'), { code: 'WALLET_WITHOUT_STAKE' }],
  ])('refuses a key that is %s', async (_, privateKey, refusal) => {
    const input = { label: 'Pool', privateKey };
    expect(await admin.refusal(REGISTER, { input })).toMatchObject(refusal);
  });

  it('refuses an account without stake, one that is there already, and a bad label', async () => {
    const input = { label: 'Pool', privateKey: await staked(0n) };
    expect(await admin.refusal(REGISTER, { input })).toMatchObject({
      code: 'WALLET_WITHOUT_STAKE',
    });
    const known = await staked();
    await register(known);
    expect(
      await admin.refusal(REGISTER, { input: { label: 'Again', privateKey: known } }),
    ).toMatchObject({ code: 'WALLET_EXISTS' });
    const label = { label: ' ', privateKey: known };
    expect(await admin.refusal(REGISTER, { input: label })).toMatchObject({
      code: 'BAD_INPUT',
      field: 'input.label',
    });
  });

  it('refuses a key that is not among those of the account, or a permission that is not there', async () => {
    const [mine, foreign] = [await staked(), await staked()];
    const address = addressOfKey(foreign);
    const input = { label: 'Pool', privateKey: mine, address };
    for (const [permissionId, code] of [
      [0, 'BAD_PRIVATE_KEY'],
      [7, 'BAD_PRIVATE_KEY'],
      [1, 'BAD_INPUT'],
      [-1, 'BAD_INPUT'],
    ] as const) {
      const refusal = await admin.refusal(REGISTER, { input: { ...input, permissionId } });
      expect(refusal).toMatchObject({ code });
    }
  });

  it('is for administrators', async () => {
    const operator = await desk.operator('OPERATOR');
    const input = { label: 'Pool', privateKey: await staked() };
    expect(await operator.refusal(REGISTER, { input })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

/** The whole database as text, as a dump would show it. */
async function everyRow(): Promise<string> {
  const em = desk.core.database.read();
  const tables = await query<{ name: string }>(
    em,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'jobs')`,
  );
  const rows: string[] = [];
  for (const { name } of tables.filter((one) => !one.name.includes('mikro_orm'))) {
    const table = await query<{ row: string }>(em, `select t::text as row from ${name} t`);
    rows.push(...table.map(({ row }) => row));
  }
  return rows.join('\n');
}

describe('an identity file', () => {
  it('that cannot be used is told by its name alone', async () => {
    await expect(keyOpener(path.join(folder, 'none'))).rejects.toThrow(CannotStart);
    const secret = path.join(folder, 'secret');
    await writeFile(secret, 'something else that is secret');
    const error: unknown = await keyOpener(secret).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CannotStart);
    expect(String(error)).not.toContain('something');
  });
});

describe('setWalletState', () => {
  it('changes the state with its reason, and tells what is not possible', async () => {
    const { id } = await desk.make.wallet();
    const set = (state: string, reason: string): { input: object } => ({
      input: { walletId: id, state, reason },
    });
    expect(await admin.request(SET_STATE, set('PAUSED', ' Key rotation '))).toEqual({
      setWalletState: {
        state: 'PAUSED',
        stateReason: 'Key rotation',
        history: [
          { from: null, to: 'ACTIVE', cause: 'created' },
          { from: 'ACTIVE', to: 'PAUSED', cause: 'Key rotation' },
        ],
      },
    });
    expect(await admin.refusal(SET_STATE, set('ACTIVE', ' '))).toMatchObject({
      code: 'BAD_INPUT',
      field: 'input.reason',
    });
    const nobody = { input: { walletId: 'nonsense', state: 'ACTIVE', reason: 'x' } };
    expect(await admin.refusal(SET_STATE, nobody)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the pool', () => {
  it('adds up: reserved, rented and free, and when more comes back', async () => {
    const viewer = await desk.operator('ANALYST');
    const wallet = await desk.make.wallet({ stakedSun: 20_000_000_000n });
    const user = await desk.make.user();
    const wallets = [wallet];
    const [a, b, c] = [
      await desk.make.order({ user, wallets, energy: 10_000n }),
      await desk.make.order({
        user,
        wallets,
        energy: 20_000n,
        state: 'COMPLETED',
        solid: true,
        placedAt: new Date('2020-01-01'),
      }),
      await desk.make.order({ user, wallets, energy: 30_000n, state: 'COMPLETED', solid: true }),
    ];
    await desk.make.order({
      user,
      wallets,
      energy: 40_000n,
      state: 'COMPLETED',
      solid: true,
      reclaimed: true,
    });
    // In a block, not yet solid: the renter has it, the rental begins with the solid block.
    await desk.make.order({ user, wallets, energy: 5_000n, state: 'COMPLETED' });
    const document = `query ($id: ID!) { wallet(id: $id) {
      capacity { staked reserved rented free freeEnergy rentedEnergy }
      rentals(state: ACTIVE, first: 1) { edges { cursor node { order { id } } } pageInfo { hasNextPage endCursor } }
      operations(first: 2) { edges { node { kind order { id } } } pageInfo { hasNextPage } } }
      inventory { nextReturnAt nextReturnEnergy wallets energyPerTrx } wallets { id } }`;
    const pool = await viewer.request<{
      wallet: { capacity: Record<string, string>; rentals: { pageInfo: { endCursor: string } } };
      inventory: { wallets: number };
      wallets: unknown[];
    }>(document, { id: wallet.id });
    expect(pool.wallet).toMatchObject({
      capacity: {
        staked: '20000000000',
        reserved: '1000000000',
        rented: '5500000000',
        free: '13500000000',
      },
      rentals: { edges: [{ node: { order: { id: c.id } } }], pageInfo: { hasNextPage: true } },
      operations: { edges: [{ node: { kind: 'DELEGATE' } }, { node: { kind: 'UNDELEGATE' } }] },
    });
    expect(pool.inventory).toMatchObject({
      nextReturnAt: '2020-01-01T01:00:00.000Z',
      nextReturnEnergy: '20000',
      wallets: pool.wallets.length,
      energyPerTrx: expect.stringMatching(/^\d+\.\d{3}$/) as unknown,
    });
    const next = await viewer.request(
      `query ($id: ID!, $after: String) { wallet(id: $id) { rentals(state: ACTIVE, after: $after) { edges { node { order { id } } } } } }`,
      { id: wallet.id, after: pool.wallet.rentals.pageInfo.endCursor },
    );
    expect(next).toEqual({ wallet: { rentals: { edges: [{ node: { order: { id: b.id } } }] } } });
    expect(a.sliceIds).toHaveLength(1);
  });

  it('tells live when a wallet changes', async () => {
    const wallet = await desk.make.wallet();
    const { eventCursor } = await admin.request<{ eventCursor: string }>('{ eventCursor }');
    const stream = admin.subscribe<{ inventoryChanged: { wallet: { id: string; state: string } } }>(
      `subscription ($after: String) { inventoryChanged(after: $after) {
        cursor inventory { wallets free } wallet { id state } } }`,
      { after: eventCursor },
    );
    const pause = { walletId: wallet.id, state: 'PAUSED', reason: 'Test' };
    await admin.request(SET_STATE, { input: pause });
    let heard = (await nextOf(stream)).inventoryChanged;
    // A cursor of now may tell again what was a moment before.
    while (heard.wallet.id !== wallet.id || heard.wallet.state !== 'PAUSED') {
      heard = (await nextOf(stream)).inventoryChanged;
    }
    expect(heard).toMatchObject({ inventory: { free: expect.any(String) as unknown } });
    await stream.return(undefined);
  });
});
