import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Table } from './table.ts';

type Step =
  | { do: 'set'; key: string; value: number }
  | { do: 'delete'; key: string }
  | { do: 'push' | 'revert' | 'merge' };

const keys = ['a', 'b', 'c'];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key: fc.constantFrom(...keys), value: fc.nat(9) }),
  fc.record({ do: fc.constant('delete' as const), key: fc.constantFrom(...keys) }),
  fc.record({ do: fc.constantFrom('push' as const, 'revert' as const, 'merge' as const) }),
);

test('layers read, revert and merge like whole copies', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const table = new Table<number>();
      let present = new Map<string, number>();
      const copies: Map<string, number>[] = [];
      for (const one of steps) {
        if (one.do === 'set') {
          table.set(one.key, one.value);
          present.set(one.key, one.value);
        } else if (one.do === 'delete') {
          table.delete(one.key);
          present.delete(one.key);
        } else if (one.do === 'push') {
          table.push();
          copies.push(new Map(present));
        } else if (one.do === 'revert') {
          table.revert();
          present = copies.pop() ?? present;
        } else if (copies.length > 1) {
          table.merge();
          copies.pop();
        }
        copies.forEach((copy, index) => {
          for (const key of keys) expect(table.before(index, key)).toBe(copy.get(key));
        });
        for (const key of keys) expect(table.get(key)).toBe(present.get(key));
      }
    }),
  );
});
