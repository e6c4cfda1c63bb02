import { RuleTester } from 'eslint';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenArrow, roomArrows } from './room-arrows.js';
import { timeAndChance } from './time-and-chance.js';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester();
const inside = (file) => path.resolve(import.meta.dirname, '../server/src', file);

describe('forbiddenArrow', () => {
  it.each([
    ['orders/place-orders.ts', 'kernel/money.ts'],
    ['orders/place-orders.ts', 'capacity/allocate.ts'],
    ['orders/place-orders.ts', 'orders/order.entity.ts'],
    ['following/block-reader.ts', 'database/query.ts'],
    ['signer/judge.ts', 'chain/address.ts'],
    ['wallets/pool-signer.ts', 'signer/judge.ts'],
    ['orders/order.resolver.ts', 'graphql/context.ts'],
    ['orders/order.rules.ts', 'access/caller.ts'],
    ['orders/order.resolver.ts', 'users/user.graphql.ts'],
    ['graphql/schema.ts', 'orders/order.resolver.ts'],
    ['jobs/schedule.ts', 'orders/order.jobs.ts'],
    ['app.ts', 'orders/order.jobs.ts'],
    ['kernel/money.test.ts', 'orders/order.entity.ts'],
    ['testing/desk.ts', 'app.ts'],
  ])('lets %s import %s', (from, to) => {
    expect(forbiddenArrow(from, to)).toBeUndefined();
  });

  it.each([
    ['kernel/money.ts', 'ledger/chart.ts'],
    ['operations/claim.ts', 'orders/order.entity.ts'],
    ['capacity/allocate.ts', 'users/user.entity.ts'],
    ['orders/place-orders.ts', 'graphql/context.ts'],
    ['orders/place-orders.ts', 'orders/order.resolver.ts'],
    ['orders/place-orders.ts', 'orders/order.graphql.ts'],
    ['graphql/server.ts', 'jobs/agenda.ts'],
    ['orders/order.entity.ts', 'environment.ts'],
    ['orders/order.entity.ts', 'testing/desk.ts'],
    ['services/order.ts', 'kernel/money.ts'],
    ['signer/judge.ts', 'database/query.ts'],
    ['chain/address.ts', 'tron/node-pool.ts'],
  ])('keeps %s from importing %s', (from, to) => {
    expect(forbiddenArrow(from, to)).toBeTypeOf('string');
  });
});

tester.run('room-arrows', roomArrows, {
  valid: [
    { code: "import { a } from '../kernel/a.ts';", filename: inside('orders/a.ts') },
    { code: "import pg from 'pg';", filename: inside('orders/a.ts') },
    { code: "import { a } from '../orders/a.ts';", filename: inside('../../local/a.ts') },
  ],
  invalid: [
    "import { a } from '../orders/a.ts';",
    "export { a } from '../orders/a.ts';",
    "export * from '../orders/a.ts';",
    "const a = await import('../orders/a.ts');",
  ].map((code) => ({
    code,
    filename: inside('kernel/a.ts'),
    errors: [{ messageId: 'forbidden' }],
  })),
});

tester.run('time-and-chance', timeAndChance, {
  valid: [
    'new Date(5);',
    'clock.now();',
    'function f(setTimeout) { setTimeout(); }',
    "import { createHash } from 'node:crypto';",
  ],
  invalid: [
    'Date.now();',
    'new Date();',
    'setTimeout(f, 1);',
    'setInterval(f, 1);',
    'globalThis.setTimeout(f, 1);',
    'Math.random();',
    'performance.now();',
    'crypto.randomUUID();',
    "import { randomUUID } from 'node:crypto';",
    "import { randomBytes as chance } from 'crypto';",
    "import { setTimeout } from 'node:timers/promises';",
  ].map((code) => ({ code, errors: [{ messageId: 'taken' }] })),
});
