import { expect, test } from 'vitest';
import { balanceAfter } from './adjustment.ts';

test('says exactly what is left', () => {
  expect(balanceAfter('0.1', '0.2')).toEqual({ after: '0.3', short: false });
  expect(balanceAfter('10', '-10')).toEqual({ after: '0', short: false });
  expect(balanceAfter('10', '−10.000001')).toEqual({ after: '-0.000001', short: true });
});

test('takes neither nothing nor what is no amount', () => {
  expect(balanceAfter('10', '0')).toBeUndefined();
  expect(balanceAfter('10', '')).toBeUndefined();
  expect(balanceAfter('10', '1.0000001')).toBeUndefined();
});
