import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, int64, parseExactJson } from './node-json.ts';

/** As a text in which large whole numbers are the doubles that JSON.parse makes of them. */
function rounded(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? Number(part) : part,
  );
}

describe('JSON of a node', () => {
  it('keeps every digit of every int64', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        const text = `{"a":[{"amount":${value}},${value}],"b": ${value},"c":"${value}"}`;
        const read = parseExactJson(text) as { a: [{ amount: unknown }, unknown]; b: unknown };
        expect(int64.parse(read.a[0].amount)).toBe(value);
        expect(int64.parse(read.a[1])).toBe(value);
        expect(int64.parse(read.b)).toBe(value);
        expect(read).toHaveProperty('c', String(value));
      }),
    );
  });

  it('is like JSON.parse in all else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(rounded(parseExactJson(text))).toBe(rounded(JSON.parse(text)));
      }),
    );
    expect(() => parseExactJson('{"a":12345678901234567890')).toThrow(SyntaxError);
  });

  it('takes an absent number for 0 and nothing else for a number', () => {
    expect(int64.parse(undefined)).toBe(0n);
    expect(count.parse(undefined)).toBe(0);
    const wrong = [null, '1', 1.5, NaN, true, {}, 2n ** 63n, -(2n ** 63n) - 1n, 1e300];
    expect(wrong.filter((value) => int64.safeParse(value).success)).toEqual([]);
    expect(count.safeParse(-1).success).toBe(false);
    expect(count.safeParse(2n ** 60n).success).toBe(false);
  });
});
