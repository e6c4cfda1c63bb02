import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Final frame of a message of text (RFC 6455, 5.2). */
const TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
const CLOSING_BRACE = 0x7d;

/**
 * Sends the answers of streams to one WebSocket, no faster than it is read, and tells when it is not
 * read at all. It writes whole frames beside those of ws, which compresses and splits none: made as
 * one piece, an answer costs one write, and most of what a delivery costs is its write.
 */
export class Outlet {
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #now: () => number;
  #drained: Promise<void> | undefined;
  #fullSince = 0;

  /**
   * @param wire what the socket was made of
   * @param now milliseconds that only grow
   */
  constructor(socket: WebSocket, wire: Duplex, now: () => number) {
    this.#socket = socket;
    this.#wire = wire;
    this.#now = now;
  }

  /** To be waited for before each message, again and again until there is nothing to wait for. */
  get full(): Promise<void> | undefined {
    if (this.#drained !== undefined) return this.#drained;
    if (!this.#wire.writableNeedDrain || this.#wire.destroyed) return undefined;
    this.#fullSince = this.#now();
    this.#drained = new Promise<void>((resolve) => {
      const goOn = (): void => {
        this.#wire.off('drain', goOn);
        this.#wire.off('close', goOn);
        this.#drained = undefined;
        resolve();
      };
      this.#wire.on('drain', goOn);
      this.#wire.on('close', goOn);
    });
    return this.#drained;
  }

  /** Milliseconds for which a stream has waited for the reader. */
  get stuckFor(): number {
    return this.#drained === undefined ? 0 : this.#now() - this.#fullSince;
  }

  /**
   * Sends `begin`, `payload` and a closing brace as one message. On a connection that is being closed
   * nothing is sent.
   */
  send(begin: Buffer, payload: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#wire.write(frameOf(begin, payload));
  }
}

function frameOf(begin: Buffer, payload: Buffer): Buffer {
  const size = begin.length + payload.length + 1;
  const header = size < LENGTH_IN_2_BYTES ? 2 : size < 0x1_0000 ? 4 : 10;
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
