/** Final frame of a message of text (RFC 6455, 5.2). */
const TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
const CLOSING_BRACE = 0x7d;
const LARGE = 0x1_0000;

/**
 * The frames of a wave: thousands are told the same, each under a name of its own and mostly of the same
 * length. So they are made once and only the name in them is written anew, for as long as nobody keeps them.
 */
export class WaveFrames {
  #frames: Buffer | undefined;
  #payloads: readonly Buffer[] | undefined;
  #beginLength = 0;
  /** Where each frame's text begins. */
  readonly #texts: number[] = [];

  /** For each payload a message of `begin`, it and a closing brace; good until the next call. */
  of(begin: Buffer, payloads: readonly Buffer[]): Buffer {
    const known = this.#frames;
    if (known !== undefined && payloads === this.#payloads && begin.length === this.#beginLength) {
      for (const at of this.#texts) begin.copy(known, at);
      return known;
    }
    this.#payloads = payloads;
    this.#beginLength = begin.length;
    return (this.#frames = this.#make(begin, payloads));
  }

  /** Somebody keeps the last ones: the next are made in another piece of memory. */
  leave(): void {
    this.#frames = undefined;
  }

  #make(begin: Buffer, payloads: readonly Buffer[]): Buffer {
    const sizes = payloads.map(({ length }) => begin.length + length + 1);
    const frames = Buffer.allocUnsafe(
      sizes.reduce((length, size) => length + headerLength(size) + size, 0),
    );
    this.#texts.length = 0;
    let at = 0;
    for (const [index, payload] of payloads.entries()) {
      at = writeHeader(frames, at, sizes[index] ?? 0);
      this.#texts.push(at);
      at += begin.copy(frames, at);
      at += payload.copy(frames, at);
      at = frames.writeUInt8(CLOSING_BRACE, at);
    }
    return frames;
  }
}

function headerLength(size: number): number {
  if (size < LENGTH_IN_2_BYTES) return 2;
  return size < LARGE ? 4 : 10;
}

/** @returns where the text begins */
function writeHeader(frames: Buffer, at: number, size: number): number {
  frames.writeUInt8(TEXT, at);
  switch (headerLength(size)) {
    case 2:
      return frames.writeUInt8(size, at + 1);
    case 4:
      return frames.writeUInt16BE(size, frames.writeUInt8(LENGTH_IN_2_BYTES, at + 1));
    default:
      return frames.writeBigUInt64BE(BigInt(size), frames.writeUInt8(LENGTH_IN_8_BYTES, at + 1));
  }
}
