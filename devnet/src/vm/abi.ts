import { keccak_256 } from '@noble/hashes/sha3.js';

/** First four bytes of a function's hash, hex. */
export function selector(signature: string): string {
  return Buffer.from(keccak_256(Buffer.from(signature)).subarray(0, 4)).toString('hex');
}

/** Hash of an event's signature: its first topic. */
export function topic(signature: string): string {
  return Buffer.from(keccak_256(Buffer.from(signature))).toString('hex');
}

/** A 32-byte word of a number. */
export function word(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

/** A 32-byte word of an address, without its leading 41. */
export function addressWord(address: string): string {
  return address.slice(2).padStart(64, '0');
}

/** A returned string. */
export function textResult(value: string): string {
  const hex = Buffer.from(value).toString('hex');
  return word(32n) + word(BigInt(value.length)) + hex.padEnd(64, '0');
}

/** Reads the arguments of a call, word by word; missing words count as zero as in the EVM. */
export class Arguments {
  private readonly hex: string;

  constructor(hex: string) {
    this.hex = hex;
  }

  private wordAt(byte: number): string {
    return this.hex.slice(byte * 2, byte * 2 + 64).padEnd(64, '0');
  }

  number(index: number): bigint {
    return BigInt(`0x${this.wordAt(index * 32)}`);
  }

  address(index: number): string {
    return `41${this.wordAt(index * 32).slice(24)}`;
  }

  /** The words of a dynamic array argument; at most 1,000. */
  list(index: number): { number: bigint; address: string }[] {
    const start = Number(this.number(index));
    const count = Math.min(Number(BigInt(`0x${this.wordAt(start)}`)), 1_000);
    return Array.from({ length: count }, (_, position) => {
      const item = this.wordAt(start + 32 + position * 32);
      return { number: BigInt(`0x${item}`), address: `41${item.slice(24)}` };
    });
  }
}
