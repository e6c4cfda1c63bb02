import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { OPERATION_KINDS } from './operation-states.ts';

let test: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  test = await createTestDatabase();
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
  await client.query(`select set_config('desk.actor', 'SYSTEM::test', false)`);
});
afterAll(async () => {
  await client.end();
  await test.drop();
});

interface Shape {
  receiver?: string;
  amount?: bigint;
  resource?: string;
  details?: unknown;
}

async function insert(kind: string, shape: Shape): Promise<string> {
  const { receiver, amount, resource, details } = shape;
  try {
    await client.query(
      `insert into chain_operations
         (id, kind, owner, receiver, amount_sun, resource, details, permission_id, purpose, reference, state)
       values (gen_random_uuid(), $1, 'a', $2, $3, $4, $5, 0, 'test', gen_random_uuid(), 'INTENDED')`,
      [kind, receiver, amount, resource, details === undefined ? null : JSON.stringify(details)],
    );
    return 'taken';
  } catch (error) {
    return String((error as { constraint?: string }).constraint);
  }
}

const VOTES = { votes: [{ witness: 'w', count: '1' }] };
const PERMISSIONS = { owner: {}, actives: [{}] };
const TOKENS = { contract: 'c', amount: '1', feeLimitSun: '1' };
const GOOD: Record<(typeof OPERATION_KINDS)[number], Shape> = {
  DELEGATE: { receiver: 'b', amount: 1n, resource: 'ENERGY' },
  UNDELEGATE: { receiver: 'b', amount: 1n, resource: 'ENERGY' },
  FREEZE: { amount: 1n, resource: 'ENERGY' },
  UNFREEZE: { amount: 1n, resource: 'BANDWIDTH' },
  CANCEL_UNFREEZE: {},
  WITHDRAW_EXPIRED: {},
  CLAIM_REWARDS: {},
  VOTE: { details: VOTES },
  TRANSFER: { receiver: 'b', amount: 1n },
  TOKEN_TRANSFER: { receiver: 'b', details: TOKENS },
  SET_PERMISSIONS: { details: PERMISSIONS },
};

it.each(OPERATION_KINDS)(
  'the database takes a %s as it should be, and no other shape',
  async (kind) => {
    const good = GOOD[kind];
    expect(await insert(kind, good)).toBe('taken');
    const whole: Shape = { receiver: 'b', amount: 1n, resource: 'ENERGY', details: VOTES };
    for (const field of ['receiver', 'amount', 'resource', 'details'] as const) {
      const { [field]: had, ...rest } = good;
      const bad = had === undefined ? { ...rest, [field]: whole[field] } : rest;
      expect([field, await insert(kind, bad)]).toEqual([field, 'chain_operations_shape']);
    }
  },
);

it.each([
  ['TRANSFER', { receiver: 'a', amount: 1n }],
  ['VOTE', { details: { votes: [] } }],
  ['VOTE', { details: { votes: 'all' } }],
  ['VOTE', { details: { votes: Array.from({ length: 31 }, () => ({})) } }],
  ['SET_PERMISSIONS', { details: { owner: {}, actives: [] } }],
  ['SET_PERMISSIONS', { details: { actives: [{}] } }],
  ['TOKEN_TRANSFER', { receiver: 'a', details: TOKENS }],
  ['TOKEN_TRANSFER', { receiver: 'b', details: { ...TOKENS, contract: 1 } }],
  ['TOKEN_TRANSFER', { receiver: 'b', details: { ...TOKENS, amount: '0' } }],
  ['TOKEN_TRANSFER', { receiver: 'b', details: { ...TOKENS, feeLimitSun: '-1' } }],
  ['BURN', {}],
] as [string, Shape][])('the database refuses a %s of %o', async (kind, shape) => {
  expect(await insert(kind, shape)).toBe('chain_operations_shape');
});
