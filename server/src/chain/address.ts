import { hash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { LRUCache } from 'lru-cache';
import { assert } from '../kernel/assert.ts';
import { decodeBase58, encodeBase58 } from './base58.ts';
import { BadAddress, BadPrivateKey } from './chain.errors.ts';

declare const checked: unique symbol;

/** A TRON address in its base58check form (34 letters, T…), checksum verified. */
export type Address = string & { readonly [checked]: 'Address' };

const PREFIX = 0x41;
const HEX_ADDRESS = /^41[0-9a-f]{40}$/;

/** Blocks name the same accounts again and again; two hashes and a base change per name add up. */
const known = new LRUCache<string, Address>({ max: 50_000 });

/**
 * Reads an address as people and wallets write it (base58check, T…).
 * @throws BadAddress that says whether length, alphabet, network byte or checksum is wrong
 */
export function parseAddress(text: string, field = 'address'): Address {
  const bad = (why: string): BadAddress =>
    new BadAddress(`This is not a TRON address: ${why}.`, { field });
  if (/^(0x)?41[0-9a-fA-F]{40}$/.test(text)) {
    throw bad('it is in hexadecimal form, write the form that starts with T');
  }
  if (text.length !== 34) {
    throw bad(`it has ${text.length} characters instead of 34`);
  }
  const bytes = decodeBase58(text);
  if ('badLetter' in bytes) {
    throw bad(`the character ${JSON.stringify(bytes.badLetter)} does not occur in addresses`);
  }
  if (bytes.length !== 25 || bytes[0] !== PREFIX) {
    throw bad('it belongs to another network, TRON addresses start with T');
  }
  if (!checksum(bytes.subarray(0, 21)).equals(bytes.subarray(21))) {
    throw bad('its checksum is wrong, a character was mistyped or left out');
  }
  return text as Address;
}

/** The 42 lower-case hexadecimal digits (41…) of an address. */
export function addressToHex(address: Address): string {
  return addressToBytes(address).toString('hex');
}

/** The 21 bytes of an address as they stand in a contract. */
export function addressToBytes(address: Address): Buffer {
  const bytes = decodeBase58(address);
  assert(!('badLetter' in bytes), 'an Address is base58');
  return bytes.subarray(0, 21);
}

/**
 * The address of 42 hexadecimal digits as nodes write them (41…, any case).
 * @throws BadAddress when it is anything else
 */
export function addressFromHex(hex: string, field = 'address'): Address {
  const lower = hex.toLowerCase();
  const seen = known.get(lower);
  if (seen !== undefined) return seen;
  if (!HEX_ADDRESS.test(lower)) {
    throw new BadAddress('This is not a TRON address in hexadecimal form (41 and 40 digits).', {
      field,
    });
  }
  const bytes = Buffer.from(lower, 'hex');
  const address = encodeBase58(Buffer.concat([bytes, checksum(bytes)])) as Address;
  known.set(lower, address);
  return address;
}

/** The account whose owner key this is at its creation. @throws BadPrivateKey */
export function addressOfKey(privateKeyHex: string): Address {
  const point = secp256k1.getPublicKey(privateKeyBytes(privateKeyHex), false);
  const digest = Buffer.from(keccak_256(point.subarray(1)));
  return addressFromHex(`41${digest.subarray(12).toString('hex')}`);
}

/** The 32 bytes of a private key written as 64 hexadecimal digits. @throws BadPrivateKey */
export function privateKeyBytes(privateKeyHex: string): Buffer {
  const bytes = /^[0-9a-fA-F]{64}$/.test(privateKeyHex) ? Buffer.from(privateKeyHex, 'hex') : null;
  if (bytes === null || !secp256k1.utils.isValidSecretKey(bytes)) {
    throw new BadPrivateKey('This is not a private key: write its 64 hexadecimal digits.', {
      field: 'privateKey',
    });
  }
  return bytes;
}

function checksum(bytes: Buffer): Buffer {
  return hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer').subarray(0, 4);
}
