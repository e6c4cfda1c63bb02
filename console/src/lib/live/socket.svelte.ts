import { type Client, createClient } from 'graphql-ws';
import { csrfToken } from '../graphql/csrf.ts';

/** `idle`: nothing on the page is live. `refused`: the server does not let this caller listen. */
export type SocketState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'refused';

/** The one WebSocket of the console and what it is doing. */
class Socket {
  state = $state<SocketState>('idle');
  /** When the connection was lost, in milliseconds since 1970; undefined while it stands. */
  lostAt = $state<number>();
  #client: Client | undefined;
  #listeners = 0;

  /** The graphql-ws client. It never retries by itself: a stream must resume from its cursor. */
  get client(): Client {
    this.#client ??= this.#open();
    return this.#client;
  }

  /** Counts a stream in; the returned function counts it out. */
  join(): () => void {
    this.#listeners += 1;
    if (this.state === 'idle') this.state = 'connecting';
    return () => {
      this.#listeners -= 1;
      if (this.#listeners === 0) {
        this.state = 'idle';
        this.lostAt = undefined;
      }
    };
  }

  /** The server does not take this caller. */
  refuse(): void {
    this.state = 'refused';
  }

  /** Closes the connection: another person, or another session, opens a new one. */
  close(): void {
    void this.#client?.dispose();
    this.#client = undefined;
    this.state = this.#listeners > 0 ? 'connecting' : 'idle';
    this.lostAt = undefined;
  }

  #open(): Client {
    const { protocol, host } = location;
    let pong: ReturnType<typeof setTimeout> | undefined;
    let raw: WebSocket | undefined;
    return createClient({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`,
      lazy: true,
      lazyCloseTimeout: 3_000,
      retryAttempts: 0,
      keepAlive: 10_000,
      connectionParams: () => ({ csrfToken: csrfToken() }),
      on: {
        opened: (socket) => (raw = socket as WebSocket),
        connected: () => {
          this.state = 'live';
          this.lostAt = undefined;
        },
        ping: (received) => {
          if (!received) pong = setTimeout(() => raw?.close(4408, 'No pong'), 5_000);
        },
        pong: (received) => {
          if (received) clearTimeout(pong);
        },
        closed: () => {
          clearTimeout(pong);
          if (this.#listeners > 0 && this.state !== 'refused') {
            this.state = 'reconnecting';
            this.lostAt ??= Date.now();
          }
        },
      },
    });
  }
}

export const socket = new Socket();
