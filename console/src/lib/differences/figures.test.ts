import { describe, expect, test } from 'vitest';
import { energyOfSun, lockedSun, reclaimableSun, transactionFacts } from './figures.ts';

describe('what can be taken back', () => {
  test('is what the chain has beyond the books and not locked', () => {
    const figures = { chain: '9007199254740993000000', books: '1' };
    expect(reclaimableSun({ ...figures, details: {} })).toBe(9007199254740992999999n);
    expect(reclaimableSun({ ...figures, details: { lockedSun: '999999' } })).toBe(
      9007199254740992000000n,
    );
  });

  test('is never negative, and nothing where there are no figures', () => {
    expect(reclaimableSun({ chain: '5', books: '9', details: {} })).toBe(0n);
    expect(reclaimableSun({ chain: '9', books: '5', details: { lockedSun: '7' } })).toBe(0n);
    expect(reclaimableSun({ chain: null, books: null, details: null })).toBe(0n);
    expect(lockedSun({ lockedSun: 12 })).toBe(12n);
    expect(lockedSun({ lockedSun: 'much' })).toBe(0n);
  });
});

test('stake in Energy is rounded down', () => {
  expect(energyOfSun(1_234_000_000n, '9.500')).toBe(11_723n);
  expect(energyOfSun(999_999n, '1')).toBe(0n);
  expect(energyOfSun(1n, null)).toBeUndefined();
});

test('reads what is told of a foreign transaction', () => {
  const facts = transactionFacts({
    contract: 'TransferContract',
    timeMs: 1_795_000_000_000,
    value: { amount: 5 },
  });
  expect(facts).toEqual({
    contract: 'TransferContract',
    timeMs: 1_795_000_000_000,
    value: '{\n  "amount": 5\n}',
  });
  expect(transactionFacts(null)).toEqual({
    contract: undefined,
    timeMs: undefined,
    value: undefined,
  });
});
