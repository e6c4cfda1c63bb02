import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressScalar, Amount, DateTime, Energy, Json, Sun, Txid } from './scalars.ts';

const literal = (scalar: GraphQLScalarType<unknown, unknown>, value: string): unknown =>
  scalar.parseLiteral({ kind: Kind.STRING, value });

describe('Amount', () => {
  it('is exact in both directions', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), (micros) => {
        const text = Amount.serialize(micros);
        expect(text).toMatch(/^-?\d+(\.\d{1,6})?$/);
        expect(Amount.parseValue(text)).toBe(micros);
        expect(literal(Amount, text)).toBe(micros);
      }),
    );
  });

  it.each([
    12,
    1.5,
    true,
    null,
    {},
    '1e3',
    '1.0000001',
    '',
    '99999999999999',
    '9223372036855',
    'NaN',
  ])('refuses %j', (value) => {
    expect(() => Amount.parseValue(value)).toThrow();
  });

  it('never takes a number for an amount when it answers', () => {
    expect(() => Amount.serialize(12)).toThrow();
  });
});

describe('Energy and Sun', () => {
  it('are strings, however small or large', () => {
    expect(Energy.serialize(0n)).toBe('0');
    expect(Energy.serialize(2n ** 62n)).toBe((2n ** 62n).toString());
    expect(Sun.serialize(1_000_000n)).toBe('1000000');
  });

  it('take whole units only', () => {
    expect(Energy.parseValue('65000')).toBe(65_000n);
    expect(Energy.parseValue(65_000)).toBe(65_000n);
    expect(() => Energy.parseValue('65000.5')).toThrow('whole units');
    expect(() => Energy.parseValue(1.5)).toThrow('whole units');
    expect(() => Energy.parseValue('-1')).toThrow(
      expect.objectContaining({ code: 'ENERGY_OUT_OF_RANGE' }),
    );
    expect(() => Energy.parseValue('99999999999999999999')).toThrow(
      expect.objectContaining({ code: 'ENERGY_OUT_OF_RANGE' }),
    );
    expect(() => Sun.parseValue(1)).toThrow('string');
  });
});

describe('DateTime', () => {
  it('answers in UTC and takes any zone', () => {
    expect(DateTime.serialize(DateTime.parseValue('2026-11-22T16:30:00+08:00'))).toBe(
      '2026-11-22T08:30:00.000Z',
    );
  });

  it.each(['2026-11-22', '2026-11-22T08:30:00', '22.11.2026', '2026-13-01T00:00:00Z', 5])(
    'refuses %j',
    (value) => {
      expect(() => DateTime.parseValue(value)).toThrow('ISO 8601');
    },
  );
});

describe('the others', () => {
  it('checks an address', () => {
    const address = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
    expect(AddressScalar.parseValue(address)).toBe(address);
    expect(() => AddressScalar.parseValue(`${address.slice(0, -1)}u`)).toThrow(
      expect.objectContaining({ code: 'BAD_ADDRESS' }),
    );
  });

  it('writes a transaction id in lower case', () => {
    expect(Txid.parseValue('AB'.repeat(32))).toBe('ab'.repeat(32));
    expect(() => Txid.parseValue('ab')).toThrow();
  });

  it('keeps bigints of a JSON value as strings', () => {
    expect(Json.serialize({ sun: 2n ** 62n, at: null })).toEqual({
      sun: (2n ** 62n).toString(),
      at: null,
    });
  });

  it('throws nothing that graphql-js would take for its own', () => {
    try {
      Amount.parseValue(1);
    } catch (error) {
      expect(error).not.toBeInstanceOf(GraphQLError);
    }
    expect.assertions(1);
  });
});
