import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { type GraphqlCaller, GraphqlDesk, nextOf } from '../testing/graphql-desk.ts';

let desk: GraphqlDesk;
let operator: GraphqlCaller;
let wallet: { id: string; address: string };

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  operator = await desk.operator('OPERATOR');
  wallet = await desk.core.wallet(100_000n);
});
afterAll(() => desk.stop());

const STATE = `version mode reason entries { scope subject source mode reason actor { kind id } }`;
const SAFE_MODE = `{ safeMode { ${STATE} } }`;
const SET = `mutation ($input: SetSafeModeInput!) { setSafeMode(input: $input) { ${STATE} } }`;
const LIFT = `mutation ($input: LiftSafeModeInput!) { liftSafeMode(input: $input) { ${STATE} } }`;
const HISTORY = `query ($after: String) { safeMode { history(first: 2, after: $after) {
  edges { node { scope source from to reason actor { kind } } } pageInfo { hasNextPage endCursor } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { id state } }`;
const CHANGES = `subscription { safeModeChanged { cursor safeMode { mode reason } } }`;

interface Shown {
  version: string;
  mode: string;
  reason: string | null;
  entries: { scope: string; subject: string | null; mode: string }[];
}

async function shown(): Promise<Shown> {
  return (await operator.request<{ safeMode: Shown }>(SAFE_MODE)).safeMode;
}

it('stops the desk with a reason that the refused read, tells it live, and lets it go on', async () => {
  const bot = await desk.client('BOT');
  const input = {
    clientOrderId: 'stopped',
    user: { telegramId: String(await desk.core.user(1_000n)) },
    energy: '65000',
    duration: '1h',
    receiver: await desk.core.address(),
  };
  const stream = operator.subscribe<{ safeModeChanged: { safeMode: Shown } }>(CHANGES);
  const told = nextOf(stream);
  await operator.request(SET, { input: { scope: 'ALL', mode: 'REFUSE', reason: 'A leak.' } });
  expect((await told).safeModeChanged.safeMode).toEqual({ mode: 'REFUSE', reason: 'A leak.' });
  expect(await shown()).toMatchObject({
    mode: 'REFUSE',
    reason: 'A leak.',
    entries: [
      {
        scope: 'ALL',
        subject: null,
        source: 'PERSON',
        mode: 'REFUSE',
        actor: { kind: 'OPERATOR', id: operator.id },
      },
    ],
  });
  expect(await bot.refusal(PLACE, { input })).toMatchObject({
    code: 'SALES_PAUSED',
    retryable: true,
    message:
      'Orders are not accepted at the moment: the desk is in safe mode (A leak) until somebody releases it; try again later.',
  });
  await operator.request(LIFT, { input: { scope: 'ALL', reason: 'Closed.' } });
  expect(await shown()).toMatchObject({ mode: 'ACCEPT', reason: null, entries: [] });
  expect(await bot.request(PLACE, { input })).toMatchObject({ placeOrder: { state: 'PENDING' } });
});

it('makes a change once for a key, and refuses the key for another', async () => {
  const input = {
    scope: 'WALLET',
    subject: wallet.id,
    mode: 'QUEUE',
    reason: 'odd',
    clientId: 'k1',
  };
  const { setSafeMode: first } = await operator.request<{ setSafeMode: Shown }>(SET, { input });
  expect(first.entries).toMatchObject([{ scope: 'WALLET', subject: wallet.id, mode: 'QUEUE' }]);
  const { setSafeMode: again } = await operator.request<{ setSafeMode: Shown }>(SET, { input });
  expect(again.version).toBe(first.version);
  expect(await operator.refusal(SET, { input: { ...input, mode: 'REFUSE' } })).toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
    field: 'input.clientId',
  });
  await operator.request(SET, { input: { ...input, mode: 'ACCEPT', clientId: 'k2' } });
  expect((await shown()).entries).toEqual([]);
});

it.each([
  [
    { scope: 'ALL', reason: ' ' },
    { code: 'BAD_INPUT', field: 'input.reason' },
  ],
  [
    { scope: 'ALL', subject: 'x' },
    { code: 'BAD_INPUT', field: 'input.subject' },
  ],
  [
    { scope: 'PRODUCT', subject: 'TEA' },
    { code: 'BAD_INPUT', field: 'input.subject' },
  ],
  [{ scope: 'WALLET' }, { code: 'NOT_FOUND', field: 'input.subject' }],
  [
    { scope: 'WALLET', subject: 'x' },
    { code: 'NOT_FOUND', field: 'input.subject' },
  ],
  [
    { scope: 'ALL', clientId: '' },
    { code: 'BAD_INPUT', field: 'input.clientId' },
  ],
])('refuses %o', async (input, refusal) => {
  expect(
    await operator.refusal(SET, { input: { mode: 'QUEUE', reason: 'why', ...input } }),
  ).toMatchObject(refusal);
});

it('keeps who did what and why, page by page, in the history and the audit log', async () => {
  for (const mode of ['QUEUE', 'REFUSE', 'ACCEPT']) {
    const input = { scope: 'PRODUCT', subject: 'ENERGY_RENTAL', mode, reason: `to ${mode}` };
    await operator.request(SET, { input });
  }
  interface Page {
    safeMode: {
      history: { edges: { node: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
  }
  const { history } = (await operator.request<Page>(HISTORY)).safeMode;
  expect(history.edges.map(({ node }) => node)).toMatchObject([
    { from: 'REFUSE', to: 'ACCEPT', reason: 'to ACCEPT', actor: { kind: 'OPERATOR' } },
    { from: 'QUEUE', to: 'REFUSE', reason: 'to REFUSE', source: 'PERSON' },
  ]);
  expect(history.pageInfo.hasNextPage).toBe(true);
  const next = await operator.request<Page>(HISTORY, { after: history.pageInfo.endCursor });
  expect(next.safeMode.history.edges[0]?.node).toMatchObject({ from: 'ACCEPT', to: 'QUEUE' });
  const audited = await query<{ action: string }>(
    desk.core.database.read(),
    `select action from audit_log where subject_kind = 'safe_mode' order by at desc limit 1`,
  );
  expect(audited).toEqual([{ action: 'safe_mode.set' }]);
});

it('is seen by people of the desk, and thrown by few of them', async () => {
  const input = { scope: 'ALL', mode: 'QUEUE', reason: 'why' };
  const support = await desk.operator('SUPPORT');
  await support.request(SAFE_MODE);
  expect(await support.refusal(SET, { input })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await (await desk.client('BOT')).refusal(SAFE_MODE)).toMatchObject({ code: 'FORBIDDEN' });
});
