/** Final frame of a message of text (RFC 6455, 5.2). */
const TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
const CLOSING_BRACE = 0x7d;
const LARGE = 0x1_0000;

/**
 * The frame of a wave: thousands are told the same, each under a name of its own and mostly of the same
 * length. So it is made once and only the name in it is written anew, for as long as nobody keeps it.
 */
export class WaveFrame {
  #frame: Buffer | undefined;
  #payload: Buffer | undefined;
  #beginLength = 0;

  /** `begin`, `payload` and a closing brace as one message; good until the next call. */
  of(begin: Buffer, payload: Buffer): Buffer {
    if (
      this.#frame === undefined ||
      payload !== this.#payload ||
      begin.length !== this.#beginLength
    ) {
      this.#frame = frameOf(begin, payload);
      this.#payload = payload;
      this.#beginLength = begin.length;
    } else {
      begin.copy(this.#frame, this.#frame.length - 1 - payload.length - begin.length);
    }
    return this.#frame;
  }

  /** Somebody keeps the last one: the next is made in another piece of memory. */
  leave(): void {
    this.#frame = undefined;
    this.#payload = undefined;
  }
}

function frameOf(begin: Buffer, payload: Buffer): Buffer {
  const size = begin.length + payload.length + 1;
  const header = size < LENGTH_IN_2_BYTES ? 2 : size < LARGE ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + size);
  frame[0] = TEXT;
  if (header === 2) frame[1] = size;
  else if (header === 4) {
    frame[1] = LENGTH_IN_2_BYTES;
    frame.writeUInt16BE(size, 2);
  } else {
    frame[1] = LENGTH_IN_8_BYTES;
    frame.writeBigUInt64BE(BigInt(size), 2);
  }
  begin.copy(frame, header);
  payload.copy(frame, header + begin.length);
  frame[frame.length - 1] = CLOSING_BRACE;
  return frame;
}
