import { expect, test } from 'vitest';
import { choose, firstChoice, type PlanItem, sumOf } from './choice.ts';

const item = (
  address: string,
  currency: 'TRX' | 'USDT',
  more: Partial<PlanItem> = {},
): PlanItem => ({
  address,
  money: { amount: '10.5', currency },
  bandwidth: 268,
  energy: 0,
  burn: '1.1',
  fuel: '0',
  skip: null,
  user: null,
  ...more,
});

test('each address is chosen with its tokens first, and what cannot be swept is left out', () => {
  const items = [
    item('A', 'TRX'),
    item('A', 'USDT'),
    item('B', 'TRX'),
    item('B', 'USDT', { skip: 'not worth it' }),
    item('C', 'TRX', { skip: 'not worth it' }),
  ];
  expect(firstChoice(items)).toEqual(['A USDT', 'B TRX']);
});

test('choosing one currency of an address lets go of the other', () => {
  expect(choose(['A USDT', 'B TRX'], item('A', 'TRX'))).toEqual(['B TRX', 'A TRX']);
  expect(choose(['A USDT', 'B TRX'], item('A', 'USDT'))).toEqual(['B TRX']);
});

test('sums are exact', () => {
  const items = [
    item('A', 'TRX', { fuel: '3.000001' }),
    item('B', 'USDT', { burn: '0.000001', fuel: '0.1' }),
    item('C', 'TRX'),
  ];
  expect(sumOf(items)).toEqual({ trx: '21', usdt: '10.5', burn: '2.200001', fuel: '3.100001' });
});
