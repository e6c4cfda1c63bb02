/** Bits of the filter for each address: about one address in 700 is a false alarm. */
const BITS_EACH = 16;
const PROBES = 6;
const SMALLEST = 2 ** 16;

/**
 * Says of an address that it is surely not among those added, or that it may be: a Bloom filter, 2
 * bytes for each address and the same few steps for ten or a million of them. Adding twice is as once.
 */
export class AddressFilter {
  #bits: Uint8Array;
  #added = 0;

  /** @param expected how many addresses it is for; beyond that `full` says so */
  constructor(expected: number) {
    let bits = SMALLEST;
    while (bits < expected * BITS_EACH) bits *= 2;
    this.#bits = new Uint8Array(bits / 8);
  }

  /** Whether it holds more than it was made for: make another one. */
  get full(): boolean {
    return this.#added * BITS_EACH > this.#bits.length * 8;
  }

  /** How many times something was added. */
  get added(): number {
    return this.#added;
  }

  add(address: string): void {
    this.#added += 1;
    const [first, step] = this.#hashes(address);
    const mask = this.#bits.length * 8 - 1;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = ((first + Math.imul(probe, step)) >>> 0) & mask;
      this.#bits[bit >>> 3] = (this.#bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  mayHave(address: string): boolean {
    // Asked of very many accounts, nearly none of which is there: mostly the first look is the last.
    const [first, step] = this.#hashes(address);
    const mask = this.#bits.length * 8 - 1;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = ((first + Math.imul(probe, step)) >>> 0) & mask;
      if (((this.#bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  /** Begin and step of the places, by double hashing (FNV-1a, two seeds). */
  #hashes(address: string): readonly [number, number] {
    let first = 0x811c9dc5;
    let second = 0x01234567;
    for (let place = 0; place < address.length; place += 1) {
      const letter = address.charCodeAt(place);
      first = Math.imul(first ^ letter, 0x01000193);
      second = Math.imul(second ^ letter, 0x5bd1e995);
    }
    // An even step would visit few places; the size is a power of two.
    return [first, second | 1];
  }
}
