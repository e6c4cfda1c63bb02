import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDecimal,
  formatShare,
  fromMicro,
  parseMicro,
  share,
  sumAmounts,
  sunToTrx,
  thinSpace,
} from './decimal.ts';

const plain = (text: string): string => text.replaceAll(thinSpace, ' ');

describe('writing amounts', () => {
  test.each([
    ['0', '0'],
    ['4.225', '4.225'],
    ['4.225000', '4.225'],
    ['65000', '65 000'],
    ['1234567.5', '1 234 567.5'],
    ['-1204.6611', '−1 204.6611'],
    ['-0.000', '0'],
    ['000123', '123'],
    ['9223372036854775807.000001', '9 223 372 036 854 775 807.000001'],
  ])('%s as %s', (amount, written) => {
    expect(plain(formatDecimal(amount))).toBe(written);
  });

  test('keeps places and marks gains where asked', () => {
    expect(formatDecimal('4.2', { places: 6 })).toBe('4.200000');
    expect(formatDecimal('4.2', { plus: true })).toBe('+4.2');
    expect(formatDecimal('0', { plus: true })).toBe('0');
  });

  test('leaves what is no decimal as it is', () => {
    expect(formatDecimal('n/a')).toBe('n/a');
  });

  test('loses no digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (micro) => {
        const written = plain(formatDecimal(fromMicro(micro))).replaceAll(' ', '');
        expect(parseMicro(written.replace('−', '-'))).toBe(micro);
      }),
    );
  });
});

describe('reading amounts', () => {
  test.each(['', '1.0000001', '1,5', '1e3', '٣', '1.', '--1'])('refuses %j', (text) => {
    expect(parseMicro(text)).toBeUndefined();
  });

  test('adds exactly where floating-point numbers would not', () => {
    expect(sumAmounts(['0.1', '0.2'])).toBe('0.3');
    expect(sumAmounts(['9007199254740993', '0.000001'])).toBe('9007199254740993.000001');
  });

  test('writes sun as TRX', () => {
    expect(sunToTrx('6904184673')).toBe('6904.184673');
    expect(sunToTrx('-1')).toBe('-0.000001');
  });
});

describe('shares', () => {
  test('stay between nothing and all', () => {
    expect(share('1', '4')).toBe(0.25);
    expect(share('5', '4')).toBe(1);
    expect(share('1', '0')).toBe(0);
    expect(share('-1', '4')).toBe(0);
  });

  test('never round up to all', () => {
    expect(plain(formatShare(0.9999))).toBe('99.9 %');
    expect(plain(formatShare(1))).toBe('100 %');
    expect(plain(formatShare(0.5))).toBe('50 %');
  });
});
