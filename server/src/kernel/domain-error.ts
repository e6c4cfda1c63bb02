import type { ErrorCode } from './error-code.ts';

export interface ErrorContext {
  /** The input field at fault, as the caller wrote it: `input.energy`. */
  readonly field?: string;
  /** Facts for programs: amounts are decimal strings. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * What a room throws when a caller asked for something it cannot have. The message is for people and
 * says what to do; `retryable` means that the same request may succeed later, unchanged.
 */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  readonly retryable: boolean = false;
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(message: string, context: ErrorContext = {}) {
    super(message);
    this.name = new.target.name;
    this.field = context.field;
    this.details = context.details;
  }
}

export class BadInput extends DomainError {
  readonly code = 'BAD_INPUT';
}

export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';
}

export class Conflict extends DomainError {
  readonly code = 'CONFLICT';
}

export class IllegalState extends DomainError {
  readonly code = 'ILLEGAL_STATE';
}

export class IdempotencyConflict extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
}
