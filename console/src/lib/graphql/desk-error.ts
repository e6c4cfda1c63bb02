import type { CombinedError } from '@urql/core';
import type { ErrorCode } from './generated/graphql.ts';

/** The server's code, or NETWORK when no answer came. */
export type DeskErrorCode = ErrorCode | 'NETWORK';

/** One refusal of the desk, with what a person needs to act on it or to report it. */
export class DeskError extends Error {
  readonly code: DeskErrorCode;
  /** The input field at fault, when there is one. */
  readonly field: string | undefined;
  /** What to quote when reporting an INTERNAL error. */
  readonly incidentId: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: DeskErrorCode,
    message: string,
    more: { field?: string; incidentId?: string; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'DeskError';
    this.code = code;
    this.field = more.field;
    this.incidentId = more.incidentId;
    this.details = more.details ?? {};
  }

  /** True when the caller is not, or no longer, signed in. */
  get signedOut(): boolean {
    return this.code === 'UNAUTHENTICATED' || this.code === 'SESSION_EXPIRED';
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;

/** Reads `extensions` of one GraphQL error; an unknown shape becomes INTERNAL. */
export function fromGraphQLError(error: {
  message: string;
  extensions?: Readonly<Record<string, unknown>> | undefined;
}): DeskError {
  const extensions = error.extensions ?? {};
  const code = text(extensions['code']) ?? 'INTERNAL';
  const field = text(extensions['field']);
  const incidentId = text(extensions['incidentId']);
  const details = record(extensions['details']);
  return new DeskError(code as DeskErrorCode, error.message, {
    ...(field !== undefined && { field }),
    ...(incidentId !== undefined && { incidentId }),
    ...(details !== undefined && { details }),
  });
}

/** The first GraphQL error of an answer, or NETWORK when there was none. */
export function fromCombinedError(error: CombinedError): DeskError {
  const [first] = error.graphQLErrors;
  return first === undefined
    ? new DeskError('NETWORK', error.networkError?.message ?? error.message)
    : fromGraphQLError(first);
}
