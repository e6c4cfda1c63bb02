import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { assert } from '../kernel/assert.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import { createApollo } from './apollo.ts';
import { consoleFiles, notFound, type RequestHandler } from './console-files.ts';
import type { DeskContext } from './context.ts';
import type { ContextSources } from './create-context.ts';
import { type Download, Downloads } from './downloads.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { contextOfRequest, serveGraphql } from './graphql-http.ts';
import { RequestIds, sendText } from './http-request.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { TrafficObserver } from './traffic.ts';
import { WebSocketEndpoint } from './websocket.ts';

export interface ServerOptions extends ErrorMapping {
  readonly schema: GraphQLSchema;
  readonly contextSources: ContextSources;
  readonly clock: Clock;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly publicUrl: string;
  readonly trustedProxies: number;
  /** Folder of the built console; undefined means that none is served. */
  readonly consoleDir?: string | undefined;
  /** Whether strangers may read the schema. */
  readonly openIntrospection: boolean;
  /** Plain paths beside GraphQL: /healthz, /readyz, /metrics. */
  readonly routes?: Readonly<Record<string, PlainRoute>>;
  /** Files of any length, by path. */
  readonly downloads?: Readonly<Record<string, Download>>;
  /** Hears of every request and operation once it is answered. */
  readonly traffic?: TrafficObserver;
  /** How long a stop waits for answers that are under way; 10 s by default. */
  readonly drainMs?: number;
}

export interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type PlainRoute = (request: IncomingMessage) => Promise<PlainAnswer> | PlainAnswer;

const GRAPHQL_PATH = '/graphql';
const DRAIN_MS = 10_000;

/** GraphQL over HTTP and WebSocket, the console's files and the plain routes, all on one port. */
export class DeskServer {
  readonly #options: ServerOptions;
  readonly #http: Server;
  readonly #apollo: ApolloServer<DeskContext>;
  readonly #webSockets: WebSocketEndpoint;
  readonly #files: RequestHandler;
  readonly #downloads: Downloads;
  readonly #requestIds: RequestIds;
  #stopping = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#apollo = createApollo(options);
    this.#requestIds = new RequestIds(options.random);
    this.#downloads = new Downloads(options.schema, options);
    const publicOrigin = new URL(options.publicUrl).origin;
    this.#webSockets = new WebSocketEndpoint({ ...options, publicOrigin });
    this.#files = options.consoleDir === undefined ? notFound : consoleFiles(options.consoleDir);
    this.#http = createServer({
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 30_000,
    });
    this.#http.on('request', (request, response) => {
      void this.#answer(request, response);
    });
    this.#http.on('upgrade', (request, socket, head) => {
      if (pathOf(request) !== GRAPHQL_PATH || this.#stopping) socket.destroy();
      else this.#webSockets.upgrade(request, socket, head);
    });
  }

  /** Open WebSocket connections. */
  get connections(): number {
    return this.#webSockets.size;
  }

  /** Listens; answers with the port. */
  async start(): Promise<number> {
    await this.#apollo.start();
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    this.#webSockets.start();
    const address: AddressInfo | string | null = this.#http.address();
    assert(typeof address === 'object' && address !== null, 'a TCP server has a port');
    return address.port;
  }

  /** Takes nothing new, closes WebSockets with 1001, and waits for the answers under way. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
    });
    this.#http.closeIdleConnections();
    await this.#webSockets.stop();
    const enough = new AbortController();
    const { clock, drainMs = DRAIN_MS } = this.#options;
    await Promise.race([closed, delay(clock, drainMs, enough.signal)]);
    enough.abort();
    this.#http.closeAllConnections();
    await closed;
    await this.#apollo.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = this.#requestIds.of(request);
    this.#observe(request, response);
    response.setHeader('x-request-id', requestId);
    setSecurityHeaders(response, this.#options.contextSources.secureCookies);
    response.once('close', () => {
      // A connection that is kept alive would hold up the stop.
      if (this.#stopping) this.#http.closeIdleConnections();
    });
    try {
      await this.#route(request, response, requestId);
    } catch (error) {
      const shown = presentError(error, this.#options);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'application/json', JSON.stringify({ errors: [shown] }));
    }
  }

  #observe(request: IncomingMessage, response: ServerResponse): void {
    const { traffic, clock, routes = {}, downloads = {} } = this.#options;
    if (traffic === undefined) return;
    const path = pathOf(request);
    const known =
      path === GRAPHQL_PATH || Object.hasOwn(routes, path) || Object.hasOwn(downloads, path);
    const begin = clock.monotonic();
    response.once('close', () => {
      const seconds = (clock.monotonic() - begin) / 1_000;
      traffic.observeHttp(
        request.method ?? '',
        known ? path : 'console',
        response.statusCode,
        seconds,
      );
    });
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) {
      await serveGraphql({ ...this.#options, apollo: this.#apollo }, request, response, requestId);
      return;
    }
    const route = this.#options.routes?.[path];
    if (route !== undefined) {
      const { status, contentType, body } = await route(request);
      response.setHeader('cache-control', 'no-store');
      sendText(response, status, contentType, body);
      return;
    }
    const download = this.#options.downloads?.[path];
    if (download !== undefined) {
      const makeContext = (): Promise<DeskContext> =>
        contextOfRequest(this.#options, request, response, requestId);
      await this.#downloads.serve(download, request, response, makeContext);
      return;
    }
    if (request.method === 'GET' || request.method === 'HEAD') this.#files(request, response);
    else notFound(request, response);
  }
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
