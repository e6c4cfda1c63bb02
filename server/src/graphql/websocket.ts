import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { handleProtocols, type ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { RateLimited } from '../access/access.errors.ts';
import type { Credentials } from '../access/authenticator.ts';
import { type Caller, stranger } from '../access/caller.ts';
import { refusalOf } from '../access/rules.ts';
import { present } from '../kernel/assert.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import { type ContextSources, contextOf, type RequestOrigin } from './create-context.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { remoteAddressOf, RequestIds } from './http-request.ts';
import { LIMITS } from './limits.ts';
import { LiveStreams, type StreamArgs } from './live-streams.ts';
import { Outlet } from './outlet.ts';
import { SharedExecutions } from './shared-executions.ts';
import { SubscriptionDesk } from './prepare-subscription.ts';
import { stoppable } from './stoppable.ts';

export interface WebSocketOptions extends ErrorMapping {
  readonly schema: GraphQLSchema;
  readonly contextSources: ContextSources;
  readonly clock: Clock;
  readonly trustedProxies: number;
  /** Scheme, host and port that people open; a cookie counts only from there. */
  readonly publicOrigin: string;
}

type Connecting = ServerOptions<Record<string, unknown> | undefined, Extra>;

interface Connection {
  readonly caller: Caller;
  readonly origin: Omit<RequestOrigin, 'signal'>;
  readonly streams: Map<string, AbortController>;
  readonly outlet: Outlet;
}

/** Streams that one connection may have open at once. */
const STREAMS_PER_CONNECTION = 100;
/** Close code of graphql-transport-ws: the caller may not be here, or no longer. */
const FORBIDDEN = 4403;
/** How long a connection may outlive its session or key. */
const CHECK_MS = 1_000;
/** Between two pings; a connection whose other end is gone is ended after two. */
const PING_MS = 25_000;
/** How long a reader may take nothing of what waits for it. Its client comes back with a cursor. */
const STUCK_MS = 5_000;

/** GraphQL subscriptions over WebSocket, by the protocol graphql-transport-ws. */
export class WebSocketEndpoint {
  readonly #options: WebSocketOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.bodyBytes,
    // Outlets write frames of their own between those of ws.
    perMessageDeflate: false,
    handleProtocols,
  });
  /** What the sockets were made of. */
  readonly #wires = new WeakMap<WebSocket, Duplex>();
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #stopping = new AbortController();
  readonly #desk: SubscriptionDesk;
  readonly #streams: LiveStreams;
  readonly #requestIds: RequestIds;
  readonly #protocol: { dispose: () => void | Promise<void> };
  #checking: Promise<unknown> | undefined;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#desk = new SubscriptionDesk(options.schema);
    const shown = (error: unknown): GraphQLFormattedError => this.#present(error);
    this.#streams = new LiveStreams(new SharedExecutions({ ...options, present: shown }));
    this.#requestIds = new RequestIds(options.random);
    this.#protocol = useServer(this.#handlers(), this.#sockets, PING_MS);
  }

  /** Open connections. */
  get size(): number {
    return this.#sockets.clients.size;
  }

  /** Begins to close connections whose session or key has ended, and those that nobody reads. */
  start(): void {
    this.#checking ??= Promise.all([this.#checkCallers(), this.#dropStuck()]);
  }

  /** Closes every connection with 1001. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#checking;
    await this.#protocol.dispose();
  }

  /** Takes over a connection that wants to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      this.#wires.set(opened, socket);
      this.#sockets.emit('connection', opened, request);
    });
  }

  #handlers(): Connecting {
    return {
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ connectionParams, extra }) => {
        const connection = await this.#connect(extra, connectionParams ?? {});
        const { caller } = connection;
        if (caller.kind === 'STRANGER') {
          extra.socket.close(FORBIDDEN, refusalOf(caller).code);
          return false;
        }
        this.#connections.set(extra.socket, connection);
        return true;
      },
      onSubscribe: ({ extra }, id, payload) => {
        const connection = this.#connections.get(extra.socket);
        if (connection === undefined) return [asGraphQLError(refusalOf(nobody))];
        if (connection.streams.size >= STREAMS_PER_CONNECTION) return [tooManyStreams()];
        const prepared = this.#desk.prepare(payload);
        if (!('schema' in prepared)) return prepared;
        const controller = new AbortController();
        connection.streams.set(id, controller);
        const origin = { ...connection.origin, signal: controller.signal };
        const { contextSources } = this.#options;
        return {
          ...prepared,
          contextValue: contextOf(contextSources, connection.caller, origin),
          streamId: id,
          outlet: connection.outlet,
        };
      },
      // Only what `onSubscribe` has prepared comes here.
      subscribe: (args) => this.#streams.open(args as StreamArgs),
      onOperation: ({ extra }, id, _payload, _args, result) => {
        const controller = this.#connections.get(extra.socket)?.streams.get(id);
        if (controller === undefined || !isAsyncGenerator(result)) return result;
        return stoppable(result, controller);
      },
      // The answers of streams go past here; this is a stream that could not begin.
      onNext: (_context, _id, _payload, _args, { errors = [] }) => ({
        data: null,
        errors: errors.map((error) => this.#present(error)),
      }),
      onError: (_context, _id, _payload, errors) => errors.map((error) => this.#present(error)),
      onComplete: ({ extra }, id) => {
        const streams = this.#connections.get(extra.socket)?.streams;
        streams?.get(id)?.abort();
        streams?.delete(id);
      },
      onClose: ({ extra }) => {
        const connection = this.#connections.get(extra.socket);
        for (const controller of connection?.streams.values() ?? []) controller.abort();
        this.#connections.delete(extra.socket);
      },
    };
  }

  async #connect(
    { request, socket }: Extra,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<Connection> {
    const { contextSources, trustedProxies } = this.#options;
    const { caller } = await contextSources.authenticator.authenticate(
      this.#credentials(request, parameters),
    );
    return {
      caller,
      origin: {
        requestId: this.#requestIds.of(request),
        remoteAddress: remoteAddressOf(request, trustedProxies),
        userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
      },
      streams: new Map(),
      outlet: new Outlet(socket, present(this.#wires.get(socket), 'wire of a socket'), () =>
        this.#options.clock.monotonic(),
      ),
    };
  }

  /** A browser cannot send headers here, and any page may open a WebSocket: so the origin counts. */
  #credentials(
    { headers }: IncomingMessage,
    { authorization, csrfToken }: Readonly<Record<string, unknown>>,
  ): Credentials {
    if (typeof authorization === 'string') return { authorization };
    if (headers.authorization !== undefined) return { authorization: headers.authorization };
    const { origin, host, cookie } = headers;
    const ours =
      origin === undefined ||
      origin === this.#options.publicOrigin ||
      URL.parse(origin)?.host === host;
    return {
      cookie: ours ? cookie : undefined,
      csrfToken: typeof csrfToken === 'string' ? csrfToken : undefined,
    };
  }

  async #checkCallers(): Promise<void> {
    const { clock, contextSources, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      await delay(clock, CHECK_MS, this.#stopping.signal);
      if (this.#connections.size === 0) continue;
      try {
        const connections = [...this.#connections];
        const callers = connections.map(([, { caller }]) => caller);
        const known = await contextSources.authenticator.stillKnown(callers);
        for (const [socket, { caller }] of connections) {
          const [id, reason] =
            caller.kind === 'OPERATOR'
              ? [caller.sessionId, 'SESSION_EXPIRED']
              : [caller.kind === 'API_CLIENT' ? caller.id : '', 'API_KEY_REVOKED'];
          if (!known.has(id)) socket.close(FORBIDDEN, reason);
        }
      } catch (error) {
        log.warn({ err: error }, 'open connections cannot be checked; trying again');
      }
    }
  }

  /** A reader that is stuck keeps what it does not read; ended, it can go on from its cursor. */
  async #dropStuck(): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      await delay(clock, CHECK_MS, this.#stopping.signal);
      for (const [socket, { caller, outlet }] of this.#connections) {
        if (outlet.stuckFor < STUCK_MS) continue;
        log.info({ caller: caller.kind, bytes: socket.bufferedAmount }, 'a reader is stuck: ended');
        // It would not read a close either.
        socket.terminate();
      }
    }
  }

  #present(error: unknown): GraphQLFormattedError {
    return presentError(error, this.#options);
  }
}

const nobody = stranger('NOT_SIGNED_IN');

function asGraphQLError(error: Error): GraphQLError {
  return new GraphQLError(error.message, { originalError: error });
}

function tooManyStreams(): GraphQLError {
  return asGraphQLError(
    new RateLimited(`One connection may have ${STREAMS_PER_CONNECTION} streams. End some first.`),
  );
}

function isAsyncGenerator<T>(result: unknown): result is AsyncGenerator<T> {
  return (
    typeof result === 'object' &&
    result !== null &&
    Symbol.asyncIterator in result &&
    'return' in result
  );
}
