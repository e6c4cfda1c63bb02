import { describe, expect, test } from 'vitest';
import {
  everyOperation,
  readOperationView,
  toOperationFilter,
  writeOperationView,
} from './operation-view.ts';

const wallet = '01900000-0000-7000-8000-00000000000a';

describe('the view of operations in the URL', () => {
  test('comes back as it was written', () => {
    const view = {
      kinds: ['FREEZE' as const, 'VOTE' as const],
      states: ['INTENDED' as const],
      purpose: 'WALLET' as const,
      wallet,
    };
    const text = writeOperationView(view);
    expect(text).toBe(`?kind=FREEZE,VOTE&state=INTENDED&purpose=WALLET&wallet=${wallet}`);
    expect(readOperationView(new URLSearchParams(text))).toEqual(view);
  });

  test('is empty for the whole list, and so is its filter', () => {
    expect(writeOperationView(everyOperation)).toBe('');
    expect(toOperationFilter(everyOperation)).toEqual({});
  });

  test('leaves out what it does not know', () => {
    const params = new URLSearchParams('kind=FREEZE,BOIL&state=ODD&purpose=FUN&wallet=x%27y');
    expect(readOperationView(params)).toEqual({ ...everyOperation, kinds: ['FREEZE'] });
  });
});
