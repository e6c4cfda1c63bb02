import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { ArgumentValidationError } from 'type-graphql';
import { isDisconnected } from '../database/database-errors.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { ErrorCode } from '../kernel/error-code.ts';
import type { Random } from '../kernel/random.ts';
import { describeInputProblem, describeInvalidArguments } from './input-problem.ts';

/** What `extensions` of every error holds. */
export interface ErrorExtensions {
  readonly code: ErrorCode;
  /** The input field at fault, `input.energy`. */
  readonly field?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
  /** Names an INTERNAL error in our log. */
  readonly incidentId?: string;
}

export interface ErrorMapping {
  readonly log: Logger;
  readonly random: Random;
}

/** Whatever was thrown, as callers see it. The one place where errors become `extensions`. */
export function presentError(error: unknown, mapping: ErrorMapping): GraphQLFormattedError {
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  const { message, ...extensions } = explain(error, mapping);
  return { message, ...place, extensions };
}

type Explanation = { readonly message: string } & ErrorExtensions;

function explain(error: unknown, mapping: ErrorMapping): Explanation {
  const origin = originOf(error);
  if (origin instanceof DomainError) return explainDomainError(origin, error);
  if (origin instanceof ArgumentValidationError) {
    const { message, field } = describeInvalidArguments(origin.extensions.validationErrors);
    return { message, code: 'BAD_INPUT', retryable: false, ...(field !== undefined && { field }) };
  }
  if (error instanceof GraphQLError && origin instanceof GraphQLError && isCallersMistake(error)) {
    return explainGraphQLError(error);
  }
  if (isDisconnected(origin)) {
    mapping.log.error({ err: origin }, 'the database is away');
    return {
      message: 'The desk cannot reach its database right now. Try again in a moment.',
      code: 'SERVICE_UNAVAILABLE',
      retryable: true,
    };
  }
  const incidentId = mapping.random.bytes(6).toString('hex');
  const path = error instanceof GraphQLError ? error.path?.join('.') : undefined;
  mapping.log.error({ err: origin, incidentId, path }, 'internal error');
  return {
    message: `Something went wrong on our side. Tell us the incident ${incidentId}.`,
    code: 'INTERNAL',
    retryable: false,
    incidentId,
  };
}

function explainDomainError(origin: DomainError, error: unknown): Explanation {
  const atInput = error instanceof GraphQLError ? describeInputProblem(error)?.field : undefined;
  const field = atInput ?? origin.field;
  return {
    message: origin.message,
    code: origin.code,
    retryable: origin.retryable,
    ...(field !== undefined && { field }),
    ...(origin.details !== undefined && { details: origin.details }),
  };
}

function explainGraphQLError(error: GraphQLError): Explanation {
  const problem = describeInputProblem(error);
  if (problem !== undefined) {
    const { message, field } = problem;
    return { message, code: 'BAD_INPUT', retryable: false, ...(field !== undefined && { field }) };
  }
  if (/more that \d+ tokens/.test(error.message)) {
    const limit = Number(/\d+/.exec(error.message)?.[0]);
    return {
      message: `The document has more than ${limit} tokens. Ask for less in one request.`,
      code: 'QUERY_TOO_EXPENSIVE',
      retryable: false,
      details: { limit: 'tokens', most: limit },
    };
  }
  return { message: error.message, code: 'BAD_REQUEST', retryable: false };
}

/**
 * Errors of execution have a path, and only those about an argument are the caller's; what is found
 * before is about the request itself.
 */
function isCallersMistake({ path, message }: GraphQLError): boolean {
  return path === undefined || message.startsWith('Argument "');
}

function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) {
    origin = origin.originalError;
  }
  return origin;
}

function placeOf({ path, locations }: GraphQLError): Pick<GraphQLError, 'path' | 'locations'> {
  return {
    ...(locations !== undefined && { locations }),
    ...(path !== undefined && { path }),
  } as Pick<GraphQLError, 'path' | 'locations'>;
}
