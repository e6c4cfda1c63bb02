import { hash } from 'node:crypto';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function checksum(body: Uint8Array): Buffer {
  return hash('sha256', hash('sha256', body, 'buffer'), 'buffer').subarray(0, 4);
}

/** Base58check of a 21-byte hex address. */
export function toBase58(hexAddress: string): string {
  const body = Buffer.from(hexAddress, 'hex');
  let rest = BigInt(`0x${Buffer.concat([body, checksum(body)]).toString('hex')}`);
  let out = '';
  while (rest > 0n) {
    out = (alphabet[Number(rest % 58n)] ?? '') + out;
    rest /= 58n;
  }
  return out;
}

/** The 21-byte hex address of base58check text, or undefined when it is not one. */
export function fromBase58(encoded: string): string | undefined {
  let value = 0n;
  for (const letter of encoded) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const whole = value.toString(16).padStart(50, '0');
  if (whole.length !== 50 || encoded.length !== 34) return undefined;
  const body = whole.slice(0, 42);
  if (checksum(Buffer.from(body, 'hex')).toString('hex') !== whole.slice(42)) return undefined;
  return isAddress(body) ? body : undefined;
}

/** Whether this is lower-case hex of 21 bytes that begins with 41. */
export function isAddress(value: string): boolean {
  return /^41[0-9a-f]{40}$/.test(value);
}

/** Hex 41… of an address in either spelling (base58 or hex), or undefined. */
export function normalAddress(value: string): string | undefined {
  const hex = value.toLowerCase().replace(/^0x/, '');
  if (isAddress(hex)) return hex;
  return fromBase58(value);
}
