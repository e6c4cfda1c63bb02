import type { WebSocket } from 'ws';

/** Bytes that may wait in this process for one reader; what is under way comes on top. */
const MOST_WAITING_BYTES = 65_536;
const AS_TEXT = { binary: false };

/** Sends to one WebSocket no faster than it is read, and tells when it is not read at all. */
export class Outlet {
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];
  #flushed = 0;
  #seen = 0;
  #stuckSince: number | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /**
   * Sends one message of text; a promise means that the sender shall wait for the reader.
   * On a connection that is being closed nothing is sent.
   */
  send(message: Buffer): Promise<void> | undefined {
    if (this.#socket.readyState !== this.#socket.OPEN) return undefined;
    this.#socket.send(message, AS_TEXT, this.#onFlushed);
    return this.#socket.bufferedAmount < MOST_WAITING_BYTES ? undefined : this.#drained();
  }

  /**
   * Milliseconds for which nothing has been taken although senders wait, as far as earlier looks can
   * tell. To be asked again and again.
   * @param now of a clock that only grows
   */
  stuckFor(now: number): number {
    const moved = this.#flushed !== this.#seen;
    this.#seen = this.#flushed;
    if (moved || this.#waiting.length === 0) this.#stuckSince = undefined;
    else this.#stuckSince ??= now;
    return this.#stuckSince === undefined ? 0 : now - this.#stuckSince;
  }

  /** Lets all go on who wait: the connection is over. */
  end(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }

  async #drained(): Promise<void> {
    // Whoever was let go first may have filled it again.
    while (
      this.#socket.readyState === this.#socket.OPEN &&
      this.#socket.bufferedAmount >= MOST_WAITING_BYTES
    ) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  readonly #onFlushed = (): void => {
    this.#flushed += 1;
    if (this.#waiting.length > 0) this.end();
  };
}
