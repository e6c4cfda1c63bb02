import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileSafeMode,
  refusalOf,
  SAFE_MODES,
  type SafeModeWord,
  stricter,
} from './safe-mode.ts';

const said = fc.record<SafeModeWord>({
  scope: fc.constantFrom('ALL', 'PRODUCT', 'WALLET'),
  subject: fc.constantFrom('ENERGY_RENTAL', 'another product'),
  address: fc.constantFrom(null, 'T1', 'T2'),
  mode: fc.constantFrom(...SAFE_MODES),
  reason: fc.constantFrom('one', 'two', 'three'),
});

describe('compileSafeMode', () => {
  it('accepts everything when nobody has said a word', () => {
    const row = compileSafeMode([]);
    expect(row).toEqual({
      mode: 'ACCEPT',
      reason: null,
      heldResources: [],
      refusedResources: [],
      resourceReasons: {},
      heldWallets: [],
      refusedWallets: [],
    });
    expect(refusalOf(row, 'ENERGY')).toBeUndefined();
  });

  it('is as strict as the strictest word about everything, with its reason', () => {
    fc.assert(
      fc.property(fc.array(said), (words) => {
        const row = compileSafeMode(words);
        const about = words.filter(({ scope }) => scope === 'ALL');
        expect(row.mode).toBe(
          about.map(({ mode }) => mode).reduce((a, b) => stricter(a, b), 'ACCEPT'),
        );
        if (row.mode === 'ACCEPT') expect(row.reason).toBeNull();
        else {
          const reasons = about.filter(({ mode }) => mode === row.mode).map((word) => word.reason);
          expect(reasons).toContain(row.reason);
        }
      }),
    );
  });

  it('never gets freer by one more word, whoever says it', () => {
    fc.assert(
      fc.property(fc.array(said), said, (words, more) => {
        const [before, after] = [compileSafeMode(words), compileSafeMode([...words, more])];
        expect(stricter(before.mode, after.mode)).toBe(after.mode);
        expect(after.heldResources).toEqual(expect.arrayContaining([...before.heldResources]));
        expect(after.refusedResources).toEqual(
          expect.arrayContaining([...before.refusedResources]),
        );
        expect(after.heldWallets).toEqual(expect.arrayContaining([...before.heldWallets]));
        expect(after.refusedWallets).toEqual(expect.arrayContaining([...before.refusedWallets]));
      }),
    );
  });

  it('holds what it refuses, and refuses a product only by the product’s name', () => {
    fc.assert(
      fc.property(fc.array(said), (words) => {
        const row = compileSafeMode(words);
        expect(row.heldResources).toEqual(expect.arrayContaining([...row.refusedResources]));
        expect(row.heldWallets).toEqual(expect.arrayContaining([...row.refusedWallets]));
        expect(refusalOf(row, 'ENERGY') !== undefined).toBe(
          words.some(
            ({ scope, subject, mode }) =>
              mode === 'REFUSE' &&
              (scope === 'ALL' || (scope === 'PRODUCT' && subject === 'ENERGY_RENTAL')),
          ),
        );
      }),
    );
  });
});
