import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Address } from '../chain/address.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { GraphqlDesk, type GraphqlCaller } from '../testing/graphql-desk.ts';
import { Payer } from '../testing/payer.ts';
import { tokenBalance } from '../tron/token-questions.ts';

let desk: GraphqlDesk;
let finance: GraphqlCaller;
let till: Address;
let payer: Payer;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  finance = await desk.operator('FINANCE');
  till = await desk.core.address();
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('deposits.addresses', [till])], 'for the test'),
  );
  await desk.core.blocks(5);
});
afterAll(() => desk.stop());
afterEach(() =>
  expectBooksAndChainAgree(desk.core.database, desk.core.devnet.url, desk.core.byHandTxids),
);

const FIELDS = `id state reason matchedBy user { telegramId }
  decisions { kind reason actor { name } shares { user { telegramId } money { amount } } }
  history { from to cause }`;

interface Answer {
  id: string;
  state: string;
  decisions: object[];
  history: { from: string | null; to: string; cause: string }[];
}

/** Money that nobody is known for, on the desk: its payer has never paid before. */
async function unclaimed(trx: bigint): Promise<string> {
  payer = await Payer.rich(desk.core);
  const txid = await payer.trx(till, trx * UNIT + BigInt(desk.core.devnet.chain.head.number));
  await desk.core.blocks(5);
  const { deposits } = await finance.request<{ deposits: { edges: { node: Answer }[] } }>(
    `query ($txid: Txid!) { deposits(filter: { txid: $txid, states: [UNCLAIMED] }) {
       edges { node { id state } } } }`,
    { txid },
  );
  return present(deposits.edges[0], 'deposit').node.id;
}

function decide(name: string, type: string): string {
  return `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${FIELDS} } }`;
}

const assign = decide('assignDeposit', 'AssignDepositInput');

it('assigns a deposit to the user whose it is, once', async () => {
  const depositId = await unclaimed(20n);
  const input = {
    depositId,
    user: { telegramId: '7001' },
    reason: 'the user sent a screenshot',
    clientId: 'assign 1',
  };
  const { done } = await finance.request<{ done: Answer }>(assign, { input });
  expect(done).toMatchObject({
    state: 'CREDITED',
    reason: 'UNKNOWN_PAYER',
    matchedBy: 'OPERATOR',
    user: { telegramId: '7001' },
    decisions: [{ kind: 'ASSIGN', reason: 'the user sent a screenshot', actor: { name: 'Olga' } }],
  });
  expect(done.history.map(({ to }) => to)).toEqual(['SEEN', 'UNCLAIMED', 'CREDITED']);
  expect(done.history.at(-1)?.cause).toBe('the user sent a screenshot');
  expect((await finance.request<{ done: Answer }>(assign, { input })).done.decisions).toHaveLength(
    1,
  );
  expect(
    await finance.refusal(assign, { input: { ...input, user: { telegramId: '7002' } } }),
  ).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(
    await finance.refusal(assign, { input: { ...input, clientId: 'assign 2' } }),
  ).toMatchObject({ code: 'ILLEGAL_STATE', field: 'input.depositId' });
});

it('asks two people at once, and lets one decide', async () => {
  const depositId = await unclaimed(21n);
  const [one, other] = await Promise.all(
    ['7101', '7102'].map((telegramId) =>
      finance.ask<{ done: Answer }>(assign, {
        input: { depositId, user: { telegramId }, reason: 'mine', clientId: `race ${telegramId}` },
      }),
    ),
  );
  const refused = [one, other].flatMap((answer) => answer?.errors ?? []);
  expect(refused.map(({ extensions }) => extensions.code)).toEqual(['ILLEGAL_STATE']);
});

it('splits a deposit among users, to the last sun', async () => {
  const depositId = await unclaimed(22n);
  const split = decide('splitDeposit', 'SplitDepositInput');
  const amount = await amountOf(depositId);
  const shares = (rest: bigint): object[] => [
    { user: { telegramId: '7201' }, amount: '10' },
    { user: { telegramId: '7202' }, amount: decimal(rest) },
  ];
  const input = { depositId, reason: 'two friends', clientId: 'split 1' };
  expect(
    await finance.refusal(split, { input: { ...input, shares: shares(amount - 9n * UNIT) } }),
  ).toMatchObject({ code: 'BAD_INPUT', field: 'input.shares' });
  const { done } = await finance.request<{ done: Answer }>(split, {
    input: { ...input, shares: shares(amount - 10n * UNIT) },
  });
  expect(done).toMatchObject({
    state: 'CREDITED',
    user: null,
    decisions: [
      {
        kind: 'SPLIT',
        shares: [
          { user: { telegramId: '7201' }, money: { amount: '10' } },
          { user: { telegramId: '7202' }, money: { amount: decimal(amount - 10n * UNIT) } },
        ],
      },
    ],
  });
  const { user } = await finance.request<{ user: { deposited: object } }>(
    `{ user(ref: { telegramId: "7202" }) { deposited { currency count amount } } }`,
  );
  expect(user.deposited).toEqual([
    { currency: 'TRX', count: 1, amount: decimal(amount - 10n * UNIT) },
    { currency: 'USDT', count: 0, amount: '0' },
  ]);
});

it('says in the statement which deposit it was', async () => {
  const depositId = await unclaimed(25n);
  const input = { depositId, user: { telegramId: '7301' }, reason: 'his', clientId: 'link 1' };
  await finance.request(assign, { input });
  const { user } = await finance.request<{ user: { statement: object } }>(
    `{ user(ref: { telegramId: "7301" }) { statement { edges { node { deposit { id } } } } } }`,
  );
  expect(user.statement).toEqual({ edges: [{ node: { deposit: { id: depositId } } }] });
});

it('offers no return where the fee leaves nothing', async () => {
  const depositId = await unclaimed(1n);
  expect(await returnOf(depositId)).toMatchObject({ returnOffer: { received: null } });
});

it('writes off what nobody can be found for', async () => {
  const depositId = await unclaimed(23n);
  const { done } = await finance.request<{ done: Answer }>(
    decide('writeOffDeposit', 'DecideDepositInput'),
    { input: { depositId, reason: 'a year has gone', clientId: 'off 1' } },
  );
  expect(done.state).toBe('WRITTEN_OFF');
});

it('sends a deposit back to its sender, less fee and cost', async () => {
  const wallet = await desk.core.wallet(1_000n);
  desk.core.payoutOwners.push(wallet.address);
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('withdrawals.payoutWallet', wallet.address)], 'to pay from'),
  );
  const depositId = await unclaimed(24n);
  const amount = await amountOf(depositId);
  const fee = (amount + 9n) / 10n + 1_100_000n;
  expect(await returnOf(depositId)).toEqual({
    returnOffer: { fee: { amount: decimal(fee) }, received: { amount: decimal(amount - fee) } },
    sentBackBy: null,
  });
  const before = await sunOf(payer.address);
  const { done } = await finance.request<{ done: Answer }>(
    decide('returnDeposit', 'DecideDepositInput'),
    { input: { depositId, reason: 'sent by mistake', clientId: 'back 1' } },
  );
  expect(done.state).toBe('RETURNING');
  await desk.core.blocks(14);
  const { deposit } = await finance.request<{ deposit: Answer }>(
    `query ($id: ID!) { deposit(id: $id) { ${FIELDS} } }`,
    { id: depositId },
  );
  expect(deposit.state).toBe('RETURNED');
  expect(await returnOf(depositId)).toEqual({
    returnOffer: null,
    sentBackBy: { state: 'SETTLED', received: { amount: decimal(amount - fee) } },
  });
  expect((await sunOf(payer.address)) - before).toBe(amount - fee);
});

it('sends USDT back in USDT, from the wallet that pays', async () => {
  const wallet = await desk.core.wallet(1_000n, 'pays usdt');
  desk.core.payoutOwners.push(wallet.address);
  await desk.core.control('fund', { address: wallet.address, usdt: (100n * UNIT).toString() });
  const { database, actor } = desk.core;
  await database.transaction(actor, (em) =>
    changeSettings(em, actor, [change('withdrawals.payoutWallet', wallet.address)], 'to pay from'),
  );
  payer = await Payer.rich(desk.core);
  const txid = await payer.usdt(till, 50n * UNIT);
  await desk.core.blocks(5);
  const { deposits } = await finance.request<{ deposits: { edges: { node: Answer }[] } }>(
    `query ($txid: Txid!) { deposits(filter: { txid: $txid }) { edges { node { id state } } } }`,
    { txid },
  );
  const depositId = present(deposits.edges[0], 'deposit').node.id;
  await finance.request(decide('returnDeposit', 'DecideDepositInput'), {
    input: { depositId, reason: 'not for us', clientId: 'back usdt' },
  });
  await desk.core.blocks(10);
  const { deposit } = await finance.request<{ deposit: Answer }>(
    `query ($id: ID!) { deposit(id: $id) { ${FIELDS} } }`,
    { id: depositId },
  );
  expect(deposit.state).toBe('RETURNED');
  const { nodes } = desk.core.chain;
  const contract = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' as Address;
  const left = await nodes.read((node) => tokenBalance(node, 'head', contract, payer.address));
  // A tenth and 3 USDT for the chain stay with the desk.
  expect(left).toBe((10_000n - 50n + 42n) * UNIT);
});

it('is for people of FINANCE and OPERATOR only', async () => {
  const input = { depositId: desk.core.ids.next(), reason: 'no', clientId: 'no' };
  const mutation = decide('writeOffDeposit', 'DecideDepositInput');
  for (const caller of [await desk.client('BOT'), await desk.operator('SUPPORT')]) {
    expect(await caller.refusal(mutation, { input })).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await finance.refusal(mutation, { input })).toMatchObject({ code: 'NOT_FOUND' });
});

async function returnOf(id: string): Promise<object> {
  const { deposit } = await finance.request<{ deposit: object }>(
    `query ($id: ID!) { deposit(id: $id) {
       returnOffer { fee { amount } received { amount } }
       sentBackBy { state received { amount } } } }`,
    { id },
  );
  return deposit;
}

async function amountOf(id: string): Promise<bigint> {
  const { deposit } = await finance.request<{ deposit: { money: { amount: string } } }>(
    `query ($id: ID!) { deposit(id: $id) { money { amount } } }`,
    { id },
  );
  const [whole = '0', fraction = ''] = deposit.money.amount.split('.');
  return BigInt(whole) * UNIT + BigInt(fraction.padEnd(6, '0'));
}

function decimal(micros: bigint): string {
  const fraction = (micros % UNIT).toString().padStart(6, '0').replace(/0+$/, '');
  return `${micros / UNIT}${fraction && `.${fraction}`}`;
}

async function sunOf(address: Address): Promise<bigint> {
  return (await desk.core.chain.headAccount(address))?.balance ?? 0n;
}
