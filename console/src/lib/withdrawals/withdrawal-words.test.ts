import { expect, test } from 'vitest';
import { en } from '../messages/en/en.ts';
import { zh } from '../messages/zh/zh.ts';
import { waitsText } from './withdrawal-words.ts';

test('says in both languages why a person has to agree', () => {
  expect(waitsText('It is more than 1000 TRX.', zh)).toBe('金额超过 1000 TRX。');
  expect(waitsText('It is more than 0.5 USDT.', en)).toBe('It is more than 0.5 USDT.');
  expect(waitsText('All withdrawals of 24 hours come to more than 9 TRX.', zh)).toContain('9 TRX');
  expect(waitsText('The user is limited.', zh)).toBe('该用户受限。');
  expect(waitsText('Something new.', zh)).toBe('Something new.');
});
