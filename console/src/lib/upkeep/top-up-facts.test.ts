import { expect, test } from 'vitest';
import { missingTo, problemKind, roomToday, topUpFault } from './top-up-facts.ts';

test('the room of a day and what is missing are never below zero', () => {
  expect(roomToday({ dailyLimit: '1000', spentToday: '250.5' })).toBe('749.5');
  expect(roomToday({ dailyLimit: '1000', spentToday: '1250' })).toBe('0');
  expect(missingTo('300', '20.25')).toBe('279.75');
  expect(missingTo('300', '900')).toBe('0');
});

test('an amount must be above zero and within the room', () => {
  expect(topUpFault('', '10')).toBe('bad');
  expect(topUpFault('0', '10')).toBe('bad');
  expect(topUpFault('10.000001', '10')).toBe('over');
  expect(topUpFault('10', '10')).toBeUndefined();
});

test('tells a treasury that is low from a limit that is reached', () => {
  expect(problemKind('The daily limit of 1000 TRX is reached')).toBe('limit');
  expect(problemKind('The treasury has 3 TRX')).toBe('treasury');
  expect(problemKind('The last top-up of Alpha came to nothing.')).toBe('other');
});
