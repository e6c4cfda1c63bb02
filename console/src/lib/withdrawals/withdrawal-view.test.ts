import { expect, test } from 'vitest';
import {
  everyWithdrawal,
  readWithdrawalView,
  toWithdrawalFilter,
  writeWithdrawalView,
} from './withdrawal-view.ts';

const user = '0199aa00-0000-7000-8000-000000000001';

test('the view of withdrawals is the same after it went through the address', () => {
  const text = `?state=WAITING,FAILED&user=${user}`;
  const view = readWithdrawalView(new URLSearchParams(text));
  expect(writeWithdrawalView(view)).toBe(text);
  expect(toWithdrawalFilter(view)).toEqual({
    states: ['WAITING', 'FAILED'],
    user: { id: user },
  });
});

test('what is unknown is left out', () => {
  const view = readWithdrawalView(new URLSearchParams('state=waiting,NONE&user=1'));
  expect(view).toEqual(everyWithdrawal);
  expect(writeWithdrawalView(view)).toBe('');
  expect(toWithdrawalFilter(view)).toEqual({});
});
