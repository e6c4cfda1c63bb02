import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getVariableValues, type GraphQLSchema, Kind, parse } from 'graphql';
import { RateLimited } from '../access/access.errors.ts';
import type { AccessRule } from '../access/rules.ts';
import { assert } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ErrorCode } from '../kernel/error-code.ts';
import type { DeskContext } from './context.ts';
import { type ErrorMapping, presentError } from './errors.ts';
import { sendText } from './http-request.ts';
import { Resting } from './resting.ts';

/** A file of any length that a path beside GraphQL answers with, piece by piece. */
export interface Download {
  /** Who may have it. */
  readonly rule: AccessRule;
  /** What may be asked for, as a GraphQL operation declares it: `($filter: OrderFilter)`. */
  readonly variables: string;
  /** @throws before the first piece what the caller shall be told instead of a file */
  readonly open: (
    variables: Readonly<Record<string, unknown>>,
    context: DeskContext,
  ) => Promise<OpenDownload>;
}

export interface OpenDownload {
  readonly contentType: string;
  readonly fileName: string;
  /** Ended early when the caller goes away or another error stops it. */
  readonly pieces: AsyncGenerator<string>;
}

/** Files that one process sends at the same time. */
const AT_ONCE = 4;
const RETRY_SECONDS = 10;
const PATIENCE_MS = 60_000;

const STATUSES: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  SESSION_EXPIRED: 401,
  API_KEY_REVOKED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** Answers GET requests for files: `?variables=` holds JSON as in a GraphQL request. */
export class Downloads {
  readonly #schema: GraphQLSchema;
  readonly #options: ErrorMapping & { readonly clock: Clock };
  #open = 0;

  constructor(schema: GraphQLSchema, options: ErrorMapping & { readonly clock: Clock }) {
    this.#schema = schema;
    this.#options = options;
  }

  /**
   * Sends the file no faster than it is taken. What goes wrong before its first piece is answered as
   * GraphQL answers it, with a fitting status; what goes wrong later ends the connection, so that
   * nobody takes a part for the whole.
   */
  async serve(
    download: Download,
    request: IncomingMessage,
    response: ServerResponse,
    makeContext: () => Promise<DeskContext>,
  ): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    let pieces: AsyncGenerator<string> | undefined;
    let leave = (): void => undefined;
    try {
      const context = await makeContext();
      const variables = this.#examine(download, request, context);
      leave = this.#enter();
      const file = await download.open(variables, context);
      pieces = file.pieces;
      const { clock } = this.#options;
      const resting = new Resting(clock);
      for (;;) {
        const begin = clock.monotonic();
        const piece = await pieces.next();
        const took = clock.monotonic() - begin;
        if (!response.headersSent) {
          response.setHeader('content-type', file.contentType);
          response.setHeader('content-disposition', `attachment; filename="${file.fileName}"`);
        }
        if (piece.done === true) break;
        await send(piece.value, response, context.signal);
        await resting.rest(took, context.signal);
      }
      response.end();
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else this.#refuse(error, response);
    } finally {
      leave();
      await pieces?.return(undefined);
    }
  }

  /** @returns the variables. @throws when the caller may not have the file, or asks wrongly */
  #examine(
    { rule, variables }: Download,
    request: IncomingMessage,
    { caller }: DeskContext,
  ): Record<string, unknown> {
    const refusal = rule.refuse(caller);
    if (refusal !== undefined) throw refusal;
    if (request.method !== 'GET') throw new BadInput('Ask for this file with GET.');
    return this.#read(variables, request);
  }

  /** @returns gives the place back. @throws RateLimited when there is none */
  #enter(): () => void {
    if (this.#open === AT_ONCE) {
      throw new RateLimited(
        `${AT_ONCE} files are being sent already. Ask again when one of them is done.`,
        { details: { retryAfterSeconds: RETRY_SECONDS } },
      );
    }
    this.#open += 1;
    return () => (this.#open -= 1);
  }

  #read(declared: string, request: IncomingMessage): Record<string, unknown> {
    const [definition] = parse(`query ${declared} { __typename }`).definitions;
    assert(definition?.kind === Kind.OPERATION_DEFINITION, 'a download declares its variables');
    const { variableDefinitions = [] } = definition;
    const given = new URL(request.url ?? '', 'http://desk').searchParams.get('variables') ?? '{}';
    const { errors, coerced } = getVariableValues(
      this.#schema,
      variableDefinitions,
      parseObject(given),
      { maxErrors: 1 },
    );
    if (errors?.[0]) throw errors[0];
    return coerced ?? {};
  }

  #refuse(error: unknown, response: ServerResponse): void {
    const shown = presentError(error, this.#options);
    const status = STATUSES[shown.extensions?.['code'] as ErrorCode] ?? 500;
    if (status === 429) response.setHeader('retry-after', RETRY_SECONDS);
    sendText(
      response,
      status,
      'application/json; charset=utf-8',
      JSON.stringify({ errors: [shown] }),
    );
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new BadInput('Send the variables as one JSON object.', { field: 'variables' });
}

/** @throws when the caller has gone, or takes nothing for so long that its place is somebody else's */
async function send(piece: string, response: ServerResponse, gone: AbortSignal): Promise<void> {
  gone.throwIfAborted();
  if (response.write(piece)) return;
  const signal = AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)]);
  await once(response, 'drain', { signal });
}
