import { expect, test } from 'vitest';
import { readEvidence } from './evidence.ts';

test('reads what each check writes', () => {
  expect(readEvidence('BOOKS', { breaks: ['a does not balance'], found: 3 })).toEqual({
    kind: 'BOOKS',
    breaks: ['a does not balance'],
    found: 3,
  });
  expect(
    readEvidence('DRIFT', { differenceId: 'd', chainSun: '5', booksSun: '-2', block: '77' }),
  ).toEqual({ kind: 'DRIFT', differenceId: 'd', chain: '5', books: '-2', block: '77' });
  expect(readEvidence('REFUNDS', { orders: 20, failed: 8, newestFailedOrderId: null })).toEqual({
    kind: 'REFUNDS',
    orders: 20,
    failed: 8,
    newestFailedOrderId: undefined,
  });
  const sayings = [
    { node: 'http://a', id: '01' },
    { node: 'http://b', id: '02' },
  ];
  expect(readEvidence('NODES', { block: 9, sayings })).toEqual({
    kind: 'NODES',
    block: 9,
    sayings,
  });
});

test('keeps nothing from the reader that has another shape', () => {
  expect(readEvidence('DRIFT', { chainSun: '1.5' })).toEqual({
    kind: 'OTHER',
    text: '{\n  "chainSun": "1.5"\n}',
  });
  expect(readEvidence('PERSON', ['x'])?.kind).toBe('OTHER');
  expect(readEvidence('PERSON', null)).toBeUndefined();
});
