import { describe, expect, test } from 'vitest';
import {
  everyDifference,
  isInDifferenceView,
  readDifferenceView,
  toDifferenceFilter,
  writeDifferenceView,
} from './difference-view.ts';

const wallet = '0199aa00-0000-7000-8000-000000000001';

describe('the view of differences', () => {
  test('is the same after it went through the address', () => {
    const text = `?kind=DRIFT,FOREIGN_TRANSACTION&state=OPEN&wallet=${wallet}`;
    const view = readDifferenceView(new URLSearchParams(text));
    expect(writeDifferenceView(view)).toBe(text);
    expect(toDifferenceFilter(view)).toEqual({
      kinds: ['DRIFT', 'FOREIGN_TRANSACTION'],
      states: ['OPEN'],
      walletId: wallet,
    });
  });

  test('leaves out what is unknown', () => {
    const params = new URLSearchParams('kind=NONE&state=open&wallet=1');
    expect(readDifferenceView(params)).toEqual(everyDifference);
    expect(writeDifferenceView(everyDifference)).toBe('');
  });

  test('says which rows belong to it', () => {
    const row = {
      kind: 'DRIFT',
      state: 'OPEN',
      wallet: { id: wallet, label: '', address: '' },
    } as const;
    expect(isInDifferenceView(row, everyDifference)).toBe(true);
    expect(isInDifferenceView(row, { ...everyDifference, states: ['GONE'] })).toBe(false);
    expect(isInDifferenceView(row, { ...everyDifference, kinds: ['ORPHAN_DELEGATION'] })).toBe(
      false,
    );
    expect(isInDifferenceView(row, { ...everyDifference, wallet: 'another' })).toBe(false);
  });
});
