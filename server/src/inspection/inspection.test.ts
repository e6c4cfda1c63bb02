import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { type GraphqlCaller, GraphqlDesk, nextOf } from '../testing/graphql-desk.ts';
import type { Address } from '../chain/address.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;

beforeEach(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
});
afterEach(async () => {
  expect(desk.core.errors).toEqual([]);
  await desk.stop();
});

const FIELDS = `id kind state receiver txid chain books difference note details
  wallet { address drift { chain books difference comparedAtBlock } }
  history { from to cause actor { kind } } reclaims { sun reason actor { kind } operation { kind state amount } }`;
const LIST = `query ($filter: DifferenceFilter) {
  differences(filter: $filter) { edges { node { ${FIELDS} } } } }`;
const EXPLAIN = `mutation ($input: ExplainDifferenceInput!) { explainDifference(input: $input) { ${FIELDS} } }`;
const RECLAIM = `mutation ($input: ReclaimOrphanInput!) { reclaimOrphan(input: $input) { ${FIELDS} } }`;
const CHANGES = `subscription { differenceChanged { cursor difference { kind state } } }`;

interface Shown {
  id: string;
  kind: string;
  state: string;
  receiver: string | null;
  txid: string | null;
  chain: string | null;
  books: string | null;
  difference: string | null;
  note: string | null;
  history: { from: string | null; to: string; cause: string }[];
  wallet: { address: string; drift: { difference: string } };
  reclaims: { sun: string; operation: { kind: string; state: string; amount: string } }[];
}

async function differences(filter: object = {}): Promise<Shown[]> {
  const { differences: page } = await operator.request<{
    differences: { edges: { node: Shown }[] };
  }>(LIST, { filter });
  return page.edges.map(({ node }) => node);
}

async function only(kind: string): Promise<Shown> {
  const found = await differences({ kinds: [kind] });
  expect(found).toHaveLength(1);
  return found[0] as Shown;
}

/** Looks, and looks again once what was seen is older than a node may lag. */
async function settle(): Promise<void> {
  await desk.core.blocks(26);
  await desk.core.inspect();
}

function byHand(
  kind: 'delegate' | 'undelegate',
  owner: Address,
  receiver: Address,
  trx: bigint,
): Promise<void> {
  return desk.core.byHand({ kind, owner, receiver, amountSun: trx * UNIT, resource: 'ENERGY' });
}

it('files nothing while a desk is at work, at whatever block it looks', async () => {
  const { core } = desk;
  await core.wallet(60_000n, 'one');
  await core.wallet(30_000n, 'two');
  const telegramId = await core.user(100_000n);
  const receivers = [await core.address(), await core.address(), await core.address()];
  for (let round = 0; round < 30; round += 1) {
    if (round % 3 === 0 && round < 20) {
      const receiver = receivers[randomInt(receivers.length)];
      await core.place({ telegramId, ...(receiver && { receiver }), energy: 20_000n });
    }
    if (round % 7 === 6) {
      await core.database.transaction(core.actor, (em) =>
        query(em, `update rentals set ends_at = starts_at where state = 'ACTIVE'`),
      );
    }
    await core.blocks(1 + randomInt(3));
    await core.inspect();
    expect(await differences()).toEqual([]);
  }
  const rentals = await query<{ state: string }>(
    core.database.read(),
    'select distinct state from rentals',
  );
  expect(rentals.map(({ state }) => state)).toContain('RECLAIMED');
  await expectBooksAndChainAgree(core.database, core.devnet.url);
});

it('waits for the books when the node is ahead of them, and then files nothing', async () => {
  const { core } = desk;
  await core.wallet(60_000n);
  await core.place({});
  await core.blocks(2);
  // Blocks that nobody of the desk has read: the delegation gets solid on chain alone.
  core.devnet.step(12);
  expect(await core.inspection.inspector.inspectOnce()).toBe('waiting');
  expect(await core.inspection.inspector.inspectOnce()).toBe('waiting');
  await core.look();
  expect(await core.inspection.inspector.inspectOnce()).toBe('judged');
  expect(await differences()).toEqual([]);
});

it('finds a delegation made by hand, the sum that is off, and the transaction', async () => {
  const { core } = desk;
  const wallet = await core.wallet(60_000n);
  const receiver = await core.address();
  const stream = operator.subscribe<{ differenceChanged: { difference: Shown } }>(CHANGES);
  const first = nextOf(stream);
  await byHand('delegate', wallet.address, receiver, 1_234n);
  await settle();

  const figures = { chain: '1234000000', books: '0', difference: '1234000000', state: 'OPEN' };
  expect(await only('ORPHAN_DELEGATION')).toMatchObject({ ...figures, receiver });
  expect(await only('DRIFT')).toMatchObject({ ...figures, receiver: null });
  const transaction = await only('FOREIGN_TRANSACTION');
  expect(transaction).toMatchObject({
    state: 'OPEN',
    wallet: { address: wallet.address, drift: { chain: '1234000000', difference: '1234000000' } },
    details: { contract: 'DelegateResourceContract' },
    history: [{ from: null, to: 'OPEN', actor: { kind: 'SYSTEM' } }],
  });
  expect(transaction.txid).toMatch(/^[0-9a-f]{64}$/);
  expect((await first).differenceChanged.difference.state).toBe('OPEN');

  // Each once, however often it is seen.
  await core.inspect();
  await core.inspect();
  expect(await differences()).toHaveLength(3);

  await byHand('undelegate', wallet.address, receiver, 1_234n);
  await settle();
  expect(await only('ORPHAN_DELEGATION')).toMatchObject({ state: 'GONE' });
  expect(await only('DRIFT')).toMatchObject({ state: 'GONE' });
});

it('finds an Energy that somebody took back by hand', async () => {
  const { core } = desk;
  const wallet = await core.wallet(60_000n);
  const receiver = await core.address();
  await core.place({ receiver });
  await core.blocks(8);
  const [slice] = await query<{ stake: bigint }>(
    core.database.read(),
    'select stake_sun as stake from order_slices',
  );
  const stake = slice?.stake ?? 0n;
  await core.byHand({
    kind: 'undelegate',
    owner: wallet.address,
    receiver,
    amountSun: stake,
    resource: 'ENERGY',
  });
  await settle();
  const figures = { chain: '0', books: stake.toString(), difference: (-stake).toString() };
  expect(await only('MISSING_DELEGATION')).toMatchObject({ ...figures, receiver, state: 'OPEN' });
  expect(await only('DRIFT')).toMatchObject(figures);
  expect((await differences({ kinds: ['ORPHAN_DELEGATION'] })).length).toBe(0);
});

it('keeps what somebody explains, until the figures change', async () => {
  const { core } = desk;
  const wallet = await core.wallet(60_000n);
  const receiver = await core.address();
  await byHand('delegate', wallet.address, receiver, 500n);
  await settle();
  const { id } = await only('ORPHAN_DELEGATION');
  expect(await operator.refusal(EXPLAIN, { input: { differenceId: id, note: ' ' } })).toMatchObject(
    { code: 'BAD_INPUT', field: 'input.note' },
  );
  await operator.request(EXPLAIN, { input: { differenceId: id, note: 'Lent to a friend.' } });
  await core.inspect();
  expect(await only('ORPHAN_DELEGATION')).toMatchObject({
    state: 'EXPLAINED',
    note: 'Lent to a friend.',
    history: [
      { to: 'OPEN' },
      { to: 'EXPLAINED', cause: 'Lent to a friend.', actor: { kind: 'OPERATOR' } },
    ],
  });
  await byHand('delegate', wallet.address, receiver, 1n);
  await settle();
  expect(await only('ORPHAN_DELEGATION')).toMatchObject({ state: 'OPEN', difference: '501000000' });
});

it('takes back exactly the orphan, once, and nothing of a rental to the same receiver', async () => {
  const { core } = desk;
  const wallet = await core.wallet(60_000n);
  const receiver = await core.address();
  const orderId = await core.place({ receiver });
  await core.blocks(8);
  const rented = await core.energyOf(receiver);
  await byHand('delegate', wallet.address, receiver, 700n);
  await settle();
  const { id } = await only('ORPHAN_DELEGATION');
  const input = { differenceId: id, clientId: 'first', reason: 'nobody rents it' };
  const asked = await operator.request<{ reclaimOrphan: Shown }>(RECLAIM, { input });
  expect(asked.reclaimOrphan.reclaims).toMatchObject([
    {
      sun: '700000000',
      reason: 'nobody rents it',
      operation: { kind: 'UNDELEGATE', state: 'INTENDED', amount: '700000000' },
    },
  ]);
  expect(await operator.request(RECLAIM, { input })).toEqual(asked);
  expect(await operator.refusal(RECLAIM, { input: { ...input, reason: 'another' } })).toMatchObject(
    { code: 'IDEMPOTENCY_CONFLICT', field: 'input.clientId' },
  );
  expect(
    await operator.refusal(RECLAIM, { input: { ...input, clientId: 'second' } }),
  ).toMatchObject({ code: 'ILLEGAL_STATE' });

  await core.blocks(8);
  expect(await core.energyOf(receiver)).toBe(rented);
  // Solid for us, and a node that lags may not show it yet: still no second one.
  expect(await operator.refusal(RECLAIM, { input: { ...input, clientId: 'third' } })).toMatchObject(
    { code: 'ILLEGAL_STATE' },
  );
  await settle();
  expect(await only('ORPHAN_DELEGATION')).toMatchObject({
    state: 'GONE',
    reclaims: [{ operation: { state: 'SOLID' } }],
  });
  expect(
    await operator.refusal(RECLAIM, { input: { ...input, clientId: 'fourth' } }),
  ).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await core.state(orderId)).toBe('COMPLETED');
  expect(await core.energyOf(receiver)).toBe(rented);
});

it('takes nothing back when the orphan went away by hand meanwhile', async () => {
  const { core } = desk;
  const wallet = await core.wallet(60_000n);
  const receiver = await core.address();
  await core.place({ receiver });
  await core.blocks(8);
  await byHand('delegate', wallet.address, receiver, 700n);
  await settle();
  const { id } = await only('ORPHAN_DELEGATION');
  await byHand('undelegate', wallet.address, receiver, 700n);
  // Only at the head so far: the solid view has it still.
  expect(
    await operator.refusal(RECLAIM, {
      input: { differenceId: id, clientId: 'late', reason: 'nobody rents it' },
    }),
  ).toMatchObject({ code: 'ILLEGAL_STATE', field: 'input.differenceId' });
});

it('shows differences to people of the desk, and lets few of them act', async () => {
  const bot = await desk.client('BOT');
  expect(await bot.refusal(LIST)).toMatchObject({ code: 'FORBIDDEN' });
  const analyst = await desk.operator('ANALYST');
  await analyst.request(LIST);
  const input = { differenceId: desk.core.ids.next(), clientId: 'a', reason: 'a' };
  expect(await analyst.refusal(RECLAIM, { input })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await operator.refusal(RECLAIM, { input })).toMatchObject({
    code: 'NOT_FOUND',
    field: 'input.differenceId',
  });
});
