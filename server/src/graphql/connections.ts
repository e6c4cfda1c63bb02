import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Authenticator } from '../access/authenticator.ts';
import type { Caller } from '../access/caller.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import type { RequestOrigin } from './create-context.ts';
import type { Outlet } from './outlet.ts';
import { identityOf } from './stream-scope.ts';

/** An open WebSocket whose caller is known. */
export interface Connection {
  readonly caller: Caller;
  readonly origin: Omit<RequestOrigin, 'signal'>;
  readonly streams: Map<string, AbortController>;
  readonly outlet: Outlet;
}

export interface ConnectionsOptions {
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Close code of graphql-transport-ws: the caller may not be here, or no longer. */
export const FORBIDDEN = 4403;
/** How long a connection may outlive its session or key. */
const CHECK_MS = 1_000;
/** How long a reader may take nothing of what waits for it. Its client comes back with a cursor. */
const STUCK_MS = 5_000;

/** The connections of one session or key with the same rights. */
interface Party {
  readonly caller: Caller;
  readonly sockets: Set<WebSocket>;
}

/** All open connections; ends those whose session or key has ended, and those that nobody reads. */
export class Connections {
  /** Outlets without room at this moment. */
  readonly full = new Set<Outlet>();
  readonly #options: ConnectionsOptions;
  readonly #all = new Map<WebSocket, Connection>();
  readonly #parties = new Map<string, Party>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get(socket: WebSocket): Connection | undefined {
    return this.#all.get(socket);
  }

  add(socket: WebSocket, connection: Connection): void {
    this.#all.set(socket, connection);
    const { caller } = connection;
    const key = keyOf(caller);
    const party = this.#parties.get(key) ?? { caller, sockets: new Set() };
    this.#parties.set(key, party);
    party.sockets.add(socket);
  }

  /** Ends its streams, too. */
  remove(socket: WebSocket): void {
    const connection = this.#all.get(socket);
    if (connection === undefined) return;
    this.#all.delete(socket);
    const key = keyOf(connection.caller);
    const party = this.#parties.get(key);
    party?.sockets.delete(socket);
    if (party?.sockets.size === 0) this.#parties.delete(key);
    for (const controller of connection.streams.values()) controller.abort();
  }

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#checkCallers(signal), this.#dropStuck(signal)]);
  }

  async #checkCallers(signal: AbortSignal): Promise<void> {
    const { clock, authenticator, log } = this.#options;
    while (!signal.aborted) {
      await delay(clock, CHECK_MS, signal);
      if (this.#parties.size === 0) continue;
      try {
        const parties = [...this.#parties.values()];
        const known = await authenticator.stillKnown(parties.map(({ caller }) => caller));
        for (const { caller, sockets } of parties) {
          if (known.has(caller)) continue;
          const reason = caller.kind === 'OPERATOR' ? 'SESSION_EXPIRED' : 'API_KEY_REVOKED';
          for (const socket of sockets) socket.close(FORBIDDEN, reason);
        }
      } catch (error) {
        log.warn({ err: error }, 'open connections cannot be checked; trying again');
      }
    }
  }

  /** A reader that is stuck keeps what it does not read; ended, it can go on from its cursor. */
  async #dropStuck(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      await delay(clock, CHECK_MS, signal);
      for (const outlet of this.full) {
        if (outlet.stuckFor < STUCK_MS) continue;
        log.info({ bytes: outlet.unread }, 'a reader is stuck: ended');
        outlet.end();
      }
    }
  }
}

function keyOf(caller: Caller): string {
  return caller.kind === 'OPERATOR'
    ? `${identityOf(caller)} ${caller.sessionId}`
    : identityOf(caller);
}
