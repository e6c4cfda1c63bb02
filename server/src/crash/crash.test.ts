import { afterAll, beforeAll, expect, it } from 'vitest';
import { present } from '../kernel/assert.ts';
import { buildPrograms } from './build.ts';
import { type Case, CASES } from './cases.ts';
import { House } from './house.ts';
import { judge } from './judge.ts';
import { POINTS } from './points.ts';
import { runCase } from './run-case.ts';

/** The share of the matrix that fits into every run of the suite: one case for each kind of harm. */
const SHARE = [
  'api, place: during the commit / takeover',
  'worker, deliver: answer lost / takeover',
  'watcher, inside settle: revenue unposted / postgres',
  'node: DUP, dropped',
];

let house: House | undefined;

beforeAll(async () => {
  await buildPrograms();
  house = await House.start();
});
afterAll(() => house?.stop());

const named = (name: string): Case => {
  const found = CASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
};

it.each(SHARE)('delivers or refunds each order once: %s', async (name) => {
  expect(await runCase(present(house, 'house'), named(name))).toMatchObject({
    broken: false,
    said: expect.stringContaining('3 delivered once') as unknown,
  });
});

it('has a name of its own for each crash point', () => {
  const names = POINTS.map(({ role, name }) => `${role}, ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

it('finds an order that is lost or has become another', async () => {
  const desk = present(house, 'house');
  const { rows } = await desk.sql.query<{ id: string; client_order_id: string }>(
    'select id, client_order_id from orders limit 1',
  );
  expect(rows).toHaveLength(1);
  const order = { id: rows[0]?.id ?? '', clientOrderId: rows[0]?.client_order_id ?? '' };
  await expect(judge(desk, [order])).resolves.toEqual({ delivered: 1, refunded: 0 });
  await expect(judge(desk, [{ ...order, id: 'another' }])).rejects.toThrow('as another order');
  await expect(judge(desk, [{ ...order, clientOrderId: 'unheard of' }])).rejects.toThrow('is lost');
});
