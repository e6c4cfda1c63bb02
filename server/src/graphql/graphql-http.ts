import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { DeskContext } from './context.ts';
import { type ContextSources, createContext } from './create-context.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { PayloadTooLarge, readBody, remoteAddressOf, sendText, signalOf } from './http-request.ts';
import { LIMITS } from './limits.ts';

export interface GraphqlHttpOptions extends ErrorMapping {
  readonly apollo: ApolloServer<DeskContext>;
  readonly contextSources: ContextSources;
  readonly trustedProxies: number;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers one HTTP request to /graphql. */
export async function serveGraphql(
  options: GraphqlHttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  let body: unknown;
  try {
    body = request.method === 'POST' ? await readJson(request) : undefined;
  } catch (error) {
    const status = error instanceof PayloadTooLarge ? 413 : 400;
    const answer = { errors: [presentError(error, options)] };
    sendText(response, status, JSON_TYPE, JSON.stringify(answer));
    return;
  }
  const url = request.url ?? '';
  const queryStart = url.indexOf('?');
  let context: DeskContext | undefined;
  const answer = await options.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      search: queryStart < 0 ? '' : url.slice(queryStart),
      body,
    },
    context: async () => {
      context = await contextOfRequest(options, request, response, requestId);
      return context;
    },
  });
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  const cookies = context?.responseCookies ?? [];
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}

/** Who sent the request, and from where; a GET needs no token against forgery. */
export function contextOfRequest(
  options: Pick<GraphqlHttpOptions, 'contextSources' | 'trustedProxies'>,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<DeskContext> {
  const { authorization, cookie } = request.headers;
  const csrf = request.headers['x-csrf-token'];
  return createContext(
    options.contextSources,
    {
      authorization,
      cookie,
      csrfToken: typeof csrf === 'string' ? csrf : undefined,
      withoutCsrf: request.method === 'GET',
    },
    {
      requestId,
      remoteAddress: remoteAddressOf(request, options.trustedProxies),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
      signal: signalOf(response),
    },
  );
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, LIMITS.bodyBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphQLError('The request body is no valid JSON.');
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
