import { describe, expect, test } from 'vitest';
import {
  everyDeposit,
  isInDepositView,
  readDepositView,
  toDepositFilter,
  writeDepositView,
} from './deposit-view.ts';

const user = '0199aa00-0000-7000-8000-000000000001';
const txid = 'ab'.repeat(32);
const sender = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';

describe('the view of deposits', () => {
  test('is the same after it went through the address', () => {
    const text = `?state=SEEN,UNCLAIMED&reason=LATE&currency=USDT&user=${user}&q=${txid}`;
    const view = readDepositView(new URLSearchParams(text));
    expect(writeDepositView(view)).toBe(text);
    expect(toDepositFilter(view)).toEqual({
      states: ['SEEN', 'UNCLAIMED'],
      reasons: ['LATE'],
      currency: 'USDT',
      userId: user,
      txid,
    });
  });

  test('leaves out what is unknown, and a search that names nothing whole', () => {
    const params = new URLSearchParams('state=seen&reason=x&currency=EUR&user=1');
    expect(readDepositView(params)).toEqual(everyDeposit);
    expect(toDepositFilter({ ...everyDeposit, search: 'abc' })).toEqual({});
    expect(toDepositFilter({ ...everyDeposit, search: sender })).toEqual({ sender });
    expect(toDepositFilter({ ...everyDeposit, search: txid.toUpperCase() })).toEqual({ txid });
  });

  test('says which rows belong to it', () => {
    const row = {
      state: 'UNCLAIMED',
      reason: 'LATE',
      money: { amount: '1', currency: 'TRX' },
      user: null,
      txid,
      sender,
    } as const;
    expect(isInDepositView(row, everyDeposit)).toBe(true);
    expect(isInDepositView(row, { ...everyDeposit, reasons: ['LATE'] })).toBe(true);
    expect(isInDepositView(row, { ...everyDeposit, search: sender })).toBe(true);
    expect(isInDepositView(row, { ...everyDeposit, states: ['SEEN'] })).toBe(false);
    expect(isInDepositView(row, { ...everyDeposit, reasons: ['SHORT'] })).toBe(false);
    expect(isInDepositView(row, { ...everyDeposit, currency: 'USDT' })).toBe(false);
    expect(isInDepositView(row, { ...everyDeposit, user })).toBe(false);
    expect(isInDepositView(row, { ...everyDeposit, search: 'cd'.repeat(32) })).toBe(false);
  });
});
