import fc from 'fast-check';
import { utils } from 'tronweb';
import { describe, expect, it } from 'vitest';
import { addressFromHex, addressOfKey, addressToHex, parseAddress } from './address.ts';
import { decodeBase58, encodeBase58 } from './base58.ts';
import { BadAddress, BadPrivateKey } from './chain.errors.ts';

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
const accountHex = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => `41${Buffer.from(bytes).toString('hex')}`);

describe('an address', () => {
  it('reads as the chain writes it', () => {
    expect(addressToHex(parseAddress(USDT))).toBe('41a614f803b6fd780986a42c78ec9c7f77e6ded13c');
    expect(addressFromHex('41A614F803B6FD780986A42C78EC9C7F77E6DED13C')).toBe(USDT);
    expect(addressToHex(addressOfKey('22'.repeat(32)))).toBe(
      '411563915e194d8cfba1943570603f7606a3115508',
    );
    expect(addressToHex(addressOfKey('33'.repeat(32)))).toBe(
      '415cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb',
    );
  });

  it('agrees with tronweb for every account', () => {
    fc.assert(
      fc.property(accountHex, (hex) => {
        const address = addressFromHex(hex);
        expect(address).toBe(utils.address.fromHex(hex));
        expect(parseAddress(address)).toBe(address);
        expect(addressToHex(address)).toBe(hex);
      }),
    );
  });

  it('never survives a mistyped character', () => {
    const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.split('');
    fc.assert(
      fc.property(
        accountHex,
        fc.nat(33),
        fc.constantFrom(...letters),
        (hex, position, replacement) => {
          const address = addressFromHex(hex);
          fc.pre(address[position] !== replacement);
          const wrong = address.slice(0, position) + replacement + address.slice(position + 1);
          expect(() => parseAddress(wrong)).toThrow(BadAddress);
        },
      ),
    );
  });

  it.each([
    ['', /0 characters/],
    [USDT.slice(1), /33 characters/],
    [`${USDT}t`, /35 characters/],
    [` ${USDT}`, /35 characters/],
    [USDT.replace('Q', '0'), /"0" does not occur/],
    [USDT.replace('Q', 'é'), /"é" does not occur/],
    [USDT.replace(/t$/, 'u'), /checksum/],
    ['41a614f803b6fd780986a42c78ec9c7f77e6ded13c', /hexadecimal/],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', /another network/],
  ])('says what is wrong with %j', (text, why) => {
    const attempt = (): unknown => parseAddress(text, 'input.receiver');
    expect(attempt).toThrow(why);
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'BAD_ADDRESS', field: 'input.receiver' }),
    );
  });

  it.each(['', '41', 'ff'.repeat(21), `0x41${'00'.repeat(20)}`, `41${'zz'.repeat(20)}`])(
    'is not made of the hexadecimal %j',
    (hex) => {
      expect(() => addressFromHex(hex)).toThrow(BadAddress);
    },
  );

  it.each(['', '00'.repeat(32), 'ff'.repeat(32), '22'.repeat(31), `0x${'22'.repeat(32)}`])(
    'does not come from the key %j, which is never repeated in the error',
    (key) => {
      let error: unknown;
      try {
        addressOfKey(key);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(BadPrivateKey);
      if (key !== '') expect(JSON.stringify(error) + String(error)).not.toContain(key);
    },
  );
});

describe('base58', () => {
  it('returns every run of bytes, leading zeros too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(4), (bytes, zeros) => {
        const whole = Buffer.concat([Buffer.alloc(zeros), bytes]);
        expect(decodeBase58(encodeBase58(whole))).toEqual(whole);
      }),
    );
  });
});
