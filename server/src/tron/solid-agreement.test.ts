import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SolidAgreement } from './solid-agreement.ts';

const clock = { now: () => new Date(5_000) };
const block = (number: number, id: string) => ({ number, id });

describe('what nodes say of the solid chain', () => {
  it('is no dispute while they say the same, or speak of other heights', () => {
    const agreement = new SolidAgreement(clock);
    agreement.note('a', block(1, 'x'));
    agreement.note('b', block(2, 'y'));
    agreement.note('b', block(1, 'x'));
    expect(agreement.dispute()).toBeNull();
    expect(agreement.open()).toBeNull();
  });

  it('is an open dispute when two differ, until they say the same', () => {
    const agreement = new SolidAgreement(clock);
    agreement.note('a', block(7, 'x'));
    agreement.note('b', block(7, 'y'));
    const open = {
      number: 7,
      since: new Date(5_000),
      sayings: [
        { node: 'a', id: 'x' },
        { node: 'b', id: 'y' },
      ],
    };
    expect(agreement.open()).toEqual(open);
    // To be of one mind elsewhere, or silent, is not enough.
    agreement.note('a', block(8, 'z'));
    agreement.note('b', block(8, 'z'));
    expect(agreement.open()).toEqual(open);
    agreement.note('b', block(7, 'x'));
    expect(agreement.dispute()).toBeNull();
  });

  it('moves down to the first height at which they differ, never up', () => {
    const agreement = new SolidAgreement(clock);
    for (const number of [9, 7, 8]) {
      agreement.note('a', block(number, `x${number}`));
      agreement.note('b', block(number, `y${number}`));
    }
    expect(agreement.open()?.number).toBe(7);
  });

  it('is settled by a majority of two, which sets the other aside', () => {
    const agreement = new SolidAgreement(clock);
    agreement.note('a', block(7, 'x'));
    agreement.note('b', block(7, 'y'));
    agreement.note('c', block(7, 'x'));
    expect(agreement.open()).toBeNull();
    expect(agreement.dispute()?.number).toBe(7);
    expect(agreement.outvoted()).toEqual(new Set(['b']));
    agreement.note('a', block(8, 'x8'));
    agreement.note('b', block(8, 'y8'));
    expect(agreement.dispute()?.number).toBe(7);
    agreement.note('b', block(7, 'x'));
    expect(agreement.dispute()).toBeNull();
    expect(agreement.outvoted().size).toBe(0);
    // What it said on the other chain is forgotten.
    agreement.note('a', block(8, 'x8'));
    expect(agreement.dispute()).toBeNull();
  });

  it('is not settled by two against two', () => {
    const agreement = new SolidAgreement(clock);
    for (const [node, id] of Object.entries({ a: 'x', b: 'y', c: 'x', d: 'y' })) {
      agreement.note(node, block(7, id));
    }
    expect(agreement.open()?.sayings).toHaveLength(4);
    expect(agreement.outvoted().size).toBe(0);
  });

  it('never passes a height of which the last words of two nodes differ', () => {
    const saying = fc.record({
      node: fc.constantFrom('a', 'b'),
      number: fc.integer({ min: 1, max: 5 }),
      id: fc.constantFrom('x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 60 }), (sayings) => {
        const agreement = new SolidAgreement(clock);
        for (const { node, number, id } of sayings) {
          agreement.note(node, { number, id });
          const open = agreement.open();
          if (open === null) continue;
          expect(new Set(open.sayings.map((one) => one.id)).size).toBe(2);
          expect(open.sayings).toHaveLength(2);
        }
        const [last, before] = [sayings.at(-1), sayings.at(-2)];
        if (!last || !before || last.node === before.node || last.number !== before.number) return;
        if (last.id !== before.id)
          expect(agreement.open()?.number).toBeLessThanOrEqual(last.number);
      }),
    );
  });
});
