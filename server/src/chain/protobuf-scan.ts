import { Message } from './protobuf-message.ts';

/**
 * Goes over the fields of one protobuf message without keeping any: blocks have very many of them, and
 * of most transactions one or two fields are asked. It knows numbers and bytes below 2⁵³, which is all
 * that a usual transaction has; whoever meets something else reads with {@link Message}, slowly and
 * with errors that say what is wrong.
 */
export class Scan {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at = 0;
  /** Number of the field of now. */
  field = 0;
  /** Its value where it is a number. */
  number = 0;
  /** Where its bytes begin and end, where it has some; the end is 0 for a number. */
  from = 0;
  to = 0;
  /** It came upon what it does not know: nothing that it said counts. */
  lost = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  /** Goes to the next field; false at the end, or when it is lost. */
  next(): boolean {
    if (this.lost || this.#at >= this.#end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    const type = tag % 8;
    this.to = 0;
    if (type === 0) {
      this.number = this.#varint();
    } else if (type === 2) {
      const length = this.#varint();
      this.from = this.#at;
      this.to = this.#at = this.from + length;
    } else {
      this.lost = true;
    }
    if (this.#at > this.#end || this.field === 0) this.lost = true;
    return !this.lost;
  }

  /** Whether the field of now holds bytes. */
  get hasBytes(): boolean {
    return this.to > 0;
  }

  #varint(): number {
    let value = 0;
    let place = 1;
    for (;;) {
      const byte = this.#bytes[this.#at];
      this.#at += 1;
      if (byte === undefined || place > 2 ** 42) {
        this.lost = true;
        return 0;
      }
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
      place *= 128;
    }
  }
}

/** The bytes of the last field of this number; undefined without one. @throws BadMessage */
export function lastBytes(bytes: Buffer, field: number): Buffer | undefined {
  const scan = new Scan(bytes);
  let found: Buffer | undefined;
  while (scan.next()) {
    if (scan.field !== field) continue;
    if (!scan.hasBytes) break;
    found = bytes.subarray(scan.from, scan.to);
  }
  if (!scan.lost && (scan.field !== field || scan.hasBytes)) return found;
  const message = new Message(bytes);
  return message.has(field) ? message.bytes(field) : undefined;
}
