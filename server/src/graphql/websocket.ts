import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { handleProtocols, type ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { RateLimited } from '../access/access.errors.ts';
import type { Credentials } from '../access/authenticator.ts';
import { stranger } from '../access/caller.ts';
import { refusalOf } from '../access/rules.ts';
import { present } from '../kernel/assert.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Connection, Connections, FORBIDDEN } from './connections.ts';
import { type ContextSources, contextOf } from './create-context.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { WaveFrames } from './frames.ts';
import { remoteAddressOf, RequestIds } from './http-request.ts';
import { LIMITS } from './limits.ts';
import { LiveStreams, type StreamArgs } from './live-streams.ts';
import { Outlet } from './outlet.ts';
import { Pings } from './pings.ts';
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

/** Streams that one connection may have open at once. */
const STREAMS_PER_CONNECTION = 100;
/** Those of graphql-ws take two timers for each connection; `Pings` takes one for all. */
const NO_PINGS = 0;

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
  readonly #connections: Connections;
  readonly #pings: Pings;
  readonly #frames = new WaveFrames();
  readonly #stopping = new AbortController();
  readonly #desk: SubscriptionDesk;
  readonly #streams: LiveStreams;
  readonly #requestIds: RequestIds;
  readonly #protocol: { dispose: () => void | Promise<void> };
  #checking: Promise<unknown> | undefined;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    const { contextSources, clock, log } = options;
    const { authenticator } = contextSources;
    this.#connections = new Connections({ authenticator, clock, log });
    this.#pings = new Pings(clock);
    this.#desk = new SubscriptionDesk(options.schema);
    const shown = (error: unknown): GraphQLFormattedError => this.#present(error);
    this.#streams = new LiveStreams(new SharedExecutions({ ...options, present: shown }));
    this.#requestIds = new RequestIds(options.random);
    this.#protocol = useServer(this.#handlers(), this.#sockets, NO_PINGS);
  }

  /** Open connections. */
  get size(): number {
    return this.#sockets.clients.size;
  }

  /** Begins to close connections whose session or key has ended, and those that nobody reads. */
  start(): void {
    const { signal } = this.#stopping;
    this.#checking ??= Promise.all([this.#connections.run(signal), this.#pings.run(signal)]);
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
      this.#pings.add(opened);
      // A connection lives long: nobody needs more of its request.
      const kept = { headers: request.headers, socket: request.socket };
      this.#sockets.emit('connection', opened, kept);
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
        this.#connections.add(extra.socket, connection);
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
      onClose: ({ extra }) => this.#connections.remove(extra.socket),
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
      outlet: new Outlet({
        socket,
        wire: present(this.#wires.get(socket), 'wire of a socket'),
        frames: this.#frames,
        full: this.#connections.full,
        now: () => this.#options.clock.monotonic(),
      }),
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
