import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { WaveFrames } from './frames.ts';

export interface OutletParts {
  readonly socket: WebSocket;
  /** What the socket was made of. */
  readonly wire: Duplex;
  /** Of all outlets: they send one after the other. */
  readonly frames: WaveFrames;
  /** Where it is while it has no room. */
  readonly full: Set<Outlet>;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/**
 * Sends the answers of streams to one WebSocket, no faster than it is read, and tells when it is not
 * read at all. It writes whole frames beside those of ws, which compresses and splits none: what is
 * told together is made as one piece and costs one write, which is most of what a delivery costs.
 */
export class Outlet {
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #frames: WaveFrames;
  readonly #full: Set<Outlet>;
  readonly #now: () => number;
  /** What streams do once there is room. */
  #waiting: (() => void)[] = [];
  #fullSince = 0;

  constructor({ socket, wire, frames, full, now }: OutletParts) {
    this.#socket = socket;
    this.#wire = wire;
    this.#frames = frames;
    this.#full = full;
    this.#now = now;
  }

  /**
   * Whether there is no room: then `goOn` is called once there is, or never will be. To be asked
   * before each message.
   */
  isFull(goOn: () => void): boolean {
    const wire = this.#wire;
    if (!wire.writableNeedDrain || wire.destroyed) return false;
    if (this.#waiting.length === 0) {
      this.#fullSince = this.#now();
      this.#full.add(this);
      wire.on('drain', this.#goOn);
      wire.on('close', this.#goOn);
    }
    this.#waiting.push(goOn);
    return true;
  }

  /** Milliseconds for which a stream has waited for the reader. */
  get stuckFor(): number {
    return this.#waiting.length === 0 ? 0 : this.#now() - this.#fullSince;
  }

  /** Bytes that wait for the reader in this process. */
  get unread(): number {
    return this.#wire.writableLength;
  }

  /** Ends the connection without a word: a reader that is stuck would not read one. */
  end(): void {
    this.#socket.terminate();
  }

  /**
   * Sends `begin`, a payload and a closing brace as one message, and so each payload, all in one write.
   * On a connection that is being closed nothing is sent.
   */
  send(begin: Buffer, payloads: readonly Buffer[]): void {
    if (this.#socket.readyState !== WebSocket.OPEN || payloads.length === 0) return;
    this.#wire.write(this.#frames.of(begin, payloads));
    // What the system has not taken at once is still read from the frames.
    if (this.#wire.writableLength > 0) this.#frames.leave();
  }

  readonly #goOn = (): void => {
    const wire = this.#wire;
    this.#full.delete(this);
    wire.off('drain', this.#goOn);
    wire.off('close', this.#goOn);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  };
}
