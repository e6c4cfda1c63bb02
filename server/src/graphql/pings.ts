import type { WebSocket } from 'ws';
import { type Clock, delay } from '../kernel/clock.ts';

/** Between two pings of a connection; one whose other end is gone is ended after two. */
const EVERY_SECONDS = 25;
const SECOND_MS = 1_000;

/**
 * Keeps connections open where a proxy ends those that are silent, and ends those whose other end is
 * gone. One timer for all of them: each second it is the turn of some.
 */
export class Pings {
  readonly #clock: Clock;
  readonly #turns = Array.from({ length: EVERY_SECONDS }, () => new Set<WebSocket>());
  readonly #unanswered = new Set<WebSocket>();
  #next = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Pings it from now on, until it is closed. */
  add(socket: WebSocket): void {
    const turn = this.#turns[this.#next];
    this.#next = (this.#next + 1) % EVERY_SECONDS;
    turn?.add(socket);
    socket.on('pong', this.#answered);
    socket.once('close', () => {
      turn?.delete(socket);
      this.#unanswered.delete(socket);
    });
  }

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn = (turn + 1) % EVERY_SECONDS) {
      await delay(this.#clock, SECOND_MS, signal);
      for (const socket of this.#turns[turn] ?? []) this.#ping(socket);
    }
  }

  #ping(socket: WebSocket): void {
    if (this.#unanswered.has(socket)) socket.terminate();
    else if (socket.readyState === socket.OPEN) {
      this.#unanswered.add(socket);
      socket.ping();
    }
  }

  readonly #answered = (() => {
    const unanswered = this.#unanswered;
    return function (this: WebSocket): void {
      unanswered.delete(this);
    };
  })();
}
