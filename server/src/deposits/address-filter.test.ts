import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AddressFilter } from './address-filter.ts';

it('never says no to what was added, and seldom yes to what was not', () => {
  const filter = new AddressFilter(20_000);
  for (let index = 0; index < 20_000; index += 1) filter.add(`T${index.toString(36)}added`);
  let alarms = 0;
  for (let index = 0; index < 20_000; index += 1) {
    expect(filter.mayHave(`T${index.toString(36)}added`)).toBe(true);
    if (filter.mayHave(`T${index.toString(36)}other`)) alarms += 1;
  }
  expect(alarms).toBeLessThan(200);
  expect(filter.full).toBe(false);
});

it('keeps whatever it is given, whatever it was made for', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 200 }), fc.nat(50), (texts, expected) => {
      const filter = new AddressFilter(expected);
      for (const text of texts) filter.add(text);
      return texts.every((text) => filter.mayHave(text));
    }),
  );
});
