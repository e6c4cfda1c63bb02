import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from '../database/query.ts';
import { startTestDesk, type TestDesk } from '../testing/test-desk.ts';
import type { Address } from '../chain/address.ts';
import { waitUntil } from '../testing/wait-until.ts';

const PLACE = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { id } }`;
const SIGNER = `{ signer { haltedBecause haltedSince haltedBy { kind name } journals { entries brokenBecause } } }`;
const HALT = `mutation Halt($input: HaltSigningInput!) {
  haltSigning(input: $input) { haltedBecause haltedSince }
}`;
const RESUME = `mutation Resume($input: ResumeSigningInput!) {
  resumeSigning(input: $input) { haltedBecause haltedSince }
}`;

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
});
afterAll(async () => {
  await desk.stop();
});

async function place(clientOrderId: string): Promise<string> {
  const { placeOrder } = await desk.bot().request<{ placeOrder: { id: string } }>(PLACE, {
    input: {
      clientOrderId,
      user: { telegramId: desk.seeded.demoUser.telegramId },
      energy: '65000',
      duration: '1m',
      receiver: await desk.address(),
    },
  });
  return placeOrder.id;
}

async function rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
  return query<Row>(desk.app.database.read(), sql, parameters);
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await rows<{ state: string }>('select state from orders where id = $1', [id]))[0]?.state;
}

/** Solid blocks pass: each wakes the engine, which looks for work. */
async function blocksPass(count: number): Promise<void> {
  const height = async (): Promise<bigint> => {
    const [cursor] = await rows<{ number: bigint }>(
      `select number from chain_cursors where name = 'solid'`,
    );
    return cursor?.number ?? 0n;
  };
  const from = await height();
  await waitUntil('blocks pass', async () => (await height()) >= from + BigInt(count));
}

/** What the chain has executed. */
async function executed(): Promise<number> {
  const wallets = await rows<{ address: Address }>('select address from wallets');
  const { entries } = (await desk.control('record', {
    owners: wallets.map(({ address }) => address),
  })) as { entries: { kind: string }[] };
  return entries.filter(({ kind }) => kind.endsWith('elegate')).length;
}

it('waits with deliveries and reclaims while signing is halted, and goes on after it', async () => {
  const operator = await desk.operator('OPERATOR');
  const admin = await desk.operator('ADMIN');
  const health = async (): Promise<{ status: string; detail: string } | undefined> => {
    const answer = await admin.request<{
      health: { dependencies: { name: string; status: string; detail: string }[] };
    }>(`{ health { dependencies { name status detail } } }`);
    return answer.health.dependencies.find(({ name }) => name === 'signer');
  };
  const halt = { reason: 'a key may have leaked', clientId: 'halt 1' };
  const { haltSigning } = await operator.request<{ haltSigning: object }>(HALT, { input: halt });
  expect(haltSigning).toMatchObject({ haltedBecause: halt.reason });
  await waitUntil('the signer has heard it', async () => (await health())?.status === 'DOWN');
  expect((await health())?.detail).toContain(halt.reason);

  const first = await place('under the halt');
  await blocksPass(5);
  expect(await stateOf(first)).toBe('PENDING');
  expect(await rows('select from attempts')).toEqual([]);

  const resume = { input: { reason: 'a false alarm', clientId: 'resume 1' } };
  await expect(operator.request(RESUME, resume)).rejects.toThrow('ADMIN');
  await admin.request(RESUME, resume);
  await waitUntil('it is delivered', async () => (await stateOf(first)) === 'COMPLETED');

  await operator.request(HALT, { input: { reason: 'again', clientId: 'halt 2' } });
  await waitUntil('its end has come', async () => {
    const due = await rows(
      `select from chain_operations where kind = 'UNDELEGATE' and state = 'INTENDED'`,
    );
    return due.length === 1;
  });
  const before = await rows('select from attempts');
  await blocksPass(5);
  expect(await rows('select from attempts')).toEqual(before);
  expect(await executed()).toBe(1);

  // What was said under an old key is not said again.
  await operator.request(HALT, { input: halt });
  await admin.request(RESUME, { input: { reason: 'well', clientId: 'resume 2' } });
  await operator.request(HALT, { input: halt });
  await waitUntil('it is taken back', async () => {
    const back = await rows(`select from rentals where state = 'RECLAIMED'`);
    return back.length === 1;
  });
  expect(await executed()).toBe(2);
  expect(await admin.request(SIGNER)).toEqual({
    signer: {
      haltedBecause: null,
      haltedSince: null,
      haltedBy: null,
      journals: [{ entries: expect.any(Number) as number, brokenBecause: null }],
    },
  });
  const audited = await rows<{ action: string }>(
    `select action from audit_log where action like 'signer.%' order by id`,
  );
  expect(audited.map(({ action }) => action)).toEqual([
    'signer.halt',
    'signer.resume',
    'signer.halt',
    'signer.halt',
    'signer.resume',
    'signer.halt',
  ]);
  const told = await rows<{ kind: string }>(
    `select kind from events where subject_kind = 'signer' order by position`,
  );
  expect(told.map(({ kind }) => kind)).toEqual([
    'signer.halted',
    'signer.resumed',
    'signer.halted',
    'signer.resumed',
  ]);
  await desk.expectBooksAndChainAgree();
});
