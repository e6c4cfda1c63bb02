import { expect, test } from 'vitest';
import {
  isPositive,
  looksLikeAddress,
  readOrderLimit,
  readSpendLimit,
  readTags,
} from './user-inputs.ts';

test('an empty limit is none of their own, a wrong one is none at all', () => {
  expect(['', ' 12 ', '0', '1000000', '1000001', '1.5', '-1', 'x'].map(readOrderLimit)).toEqual([
    null,
    12,
    undefined,
    1_000_000,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(['', '100.5', '0', '-1', '1.0000001'].map(readSpendLimit)).toEqual([
    null,
    '100.5',
    undefined,
    undefined,
    undefined,
  ]);
  expect(['0.000001', '0', ''].map(isPositive)).toEqual([true, false, false]);
});

test('tags are parted by the commas of both languages', () => {
  expect(readTags(' vip, new\uFF0Cvip\u3001old ,')).toEqual(['vip', 'new', 'old']);
  expect(readTags('')).toEqual([]);
  expect(readTags('x'.repeat(41))).toBeUndefined();
  expect(readTags(Array.from({ length: 21 }, (_, index) => String(index)).join())).toBeUndefined();
});

test('an address has its letters', () => {
  expect(looksLikeAddress(' TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t ')).toBe(true);
  expect(looksLikeAddress('0R7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')).toBe(false);
  expect(looksLikeAddress('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj0t')).toBe(false);
});
