import { describe, expect, test } from 'vitest';
import { amountFault, ballotFault, energyOf, leftOf, readBallot } from './command-facts.ts';

describe('amounts', () => {
  test('are checked against what there is and what the chain takes', () => {
    expect(amountFault('stake', '', '10')).toBe('amountBad');
    expect(amountFault('stake', '-1', '10')).toBe('amountBad');
    expect(amountFault('stake', '1.0000001', '10')).toBe('amountBad');
    expect(amountFault('stake', '0.5', '10')).toBe('amountSmall');
    expect(amountFault('transfer', '0.5', '10')).toBeUndefined();
    expect(amountFault('unstake', '10.000001', '10')).toBe('amountOver');
    expect(amountFault('unstake', '10', '10')).toBeUndefined();
  });

  test('leave no less than nothing', () => {
    expect(leftOf('10.5', '0.25')).toBe('10.25');
    expect(leftOf('1', '2')).toBe('0');
  });

  test('yield whole Energy, rounded down, at ratios of many places', () => {
    expect(energyOf('1000', '9.48')).toBe('9480');
    expect(energyOf('0.1', '9.48123456789')).toBe('0');
    expect(energyOf('50000', '10')).toBe('500000');
  });
});

describe('a ballot', () => {
  test('counts whole votes above zero only', () => {
    expect(readBallot({ a: '12', b: '', c: '0', d: '1.5', e: '-3' })).toEqual([
      { witness: 'a', count: 12 },
    ]);
  });

  test('must vote for somebody, within the power', () => {
    expect(ballotFault([], 10)).toBe('votesNone');
    expect(ballotFault([{ count: 6 }, { count: 5 }], 10)).toBe('votesOver');
    expect(ballotFault([{ count: 6 }, { count: 4 }], 10)).toBeUndefined();
    expect(
      ballotFault(
        Array.from({ length: 31 }, () => ({ count: 1 })),
        100,
      ),
    ).toBe('votesMany');
  });
});
