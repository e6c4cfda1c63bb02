import { expect, test } from 'vitest';
import { isShareAmount, leftOf, repeatedUsers } from './shares.ts';

const user = (id: string) => ({ id, telegramId: id, externalId: null });

test('says exactly what is left to give out', () => {
  expect(leftOf('0.3', [{ amount: '0.1' }, { amount: '0.2' }])).toBe('0');
  expect(leftOf('9007199254740993', [{ amount: '0.000001' }])).toBe('9007199254740992.999999');
  expect(leftOf('1', [{ amount: '1.5' }])).toBe('-0.5');
  expect(leftOf('1', [{ amount: 'much' }, { amount: '-1' }, { amount: '' }])).toBe('1');
});

test('takes amounts above zero only', () => {
  expect(['1', '0.000001', '0', '-1', '1.0000001', ''].map(isShareAmount)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('finds whom is named twice', () => {
  const shares = [user('1'), undefined, user('2'), undefined, user('1')];
  expect(repeatedUsers(shares.map((one) => ({ user: one })))).toEqual([4]);
});
