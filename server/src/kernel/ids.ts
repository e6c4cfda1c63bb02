import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** Within one millisecond ids count up from a random start below this half of what 12 bits hold. */
const FIRST_COUNTS = 0x7ff;
const LAST_COUNT = 0xfff;

/**
 * Makes UUIDv7 keys: sortable by the time they were made, so that indexes grow at their end. Those of
 * one maker sort in the order of their making, also within a millisecond and when the clock goes back.
 */
export class IdMaker {
  readonly #clock: Clock;
  readonly #random: Random;
  #ms = 0;
  #count = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  next(): string {
    const bytes = this.#random.bytes(16);
    const now = this.#clock.now().getTime();
    if (now > this.#ms || this.#count === LAST_COUNT) {
      this.#ms = Math.max(now, this.#ms + 1);
      this.#count = bytes.readUInt16BE(6) & FIRST_COUNTS;
    } else {
      this.#count += 1;
    }
    bytes.writeUIntBE(this.#ms, 0, 6);
    bytes.writeUInt16BE(0x7000 | this.#count, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-');
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
