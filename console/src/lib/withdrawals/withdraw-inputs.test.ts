import { expect, test } from 'vitest';
import { amountFault, arrives } from './withdraw-inputs.ts';

const terms = { minimum: '10', maximum: '500', fee: '1' };

test('an amount is told which limit it breaks', () => {
  expect(amountFault('x', terms, '100')).toEqual({ kind: 'bad' });
  expect(amountFault('0', undefined, undefined)).toEqual({ kind: 'bad' });
  expect(amountFault('9.999999', terms, '100')).toEqual({ kind: 'below', limit: '10' });
  expect(amountFault('500.000001', terms, '900')).toEqual({ kind: 'above', limit: '500' });
  expect(amountFault('1', { ...terms, minimum: '0.5' }, '9')).toEqual({ kind: 'fee', limit: '1' });
  expect(amountFault('100.000001', terms, '100')).toEqual({ kind: 'short', limit: '100' });
});

test('an amount at its limits is fine, and what is not known breaks nothing', () => {
  expect(amountFault('10', terms, '10')).toBeUndefined();
  expect(amountFault('500', terms, undefined)).toBeUndefined();
  expect(amountFault('0.000001', undefined, undefined)).toBeUndefined();
});

test('what arrives is the amount less the fee, to the last millionth', () => {
  expect(arrives('10.5', '1.000001')).toBe('9.499999');
  expect(arrives('1', '1')).toBeUndefined();
  expect(arrives('', '1')).toBeUndefined();
});
