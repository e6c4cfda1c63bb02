/** The PostgreSQL error behind whatever the ORM wrapped around it. */
interface PostgresError {
  readonly code?: string;
  readonly constraint?: string;
  readonly cause?: unknown;
  readonly previous?: unknown;
}

function postgresError(error: unknown): PostgresError | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const candidate = current as PostgresError;
    if (typeof candidate.code === 'string') return candidate;
    current = candidate.cause ?? candidate.previous;
  }
  return undefined;
}

/** statement_timeout: also a wait for locks of somebody who is gone. */
const QUERY_CANCELED = '57014';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
const LOCK_NOT_AVAILABLE = '55P03';

/** A second try of the same transaction can come to another end, and the first has left nothing. */
export function isRepeatable(error: unknown): boolean {
  const code = postgresError(error)?.code;
  return (
    code === SERIALIZATION_FAILURE ||
    code === DEADLOCK ||
    code === LOCK_NOT_AVAILABLE ||
    code === UNIQUE_VIOLATION
  );
}

/** A row was refused by this constraint, or by a trigger in its name. */
export function violates(error: unknown, constraint: string): boolean {
  return postgresError(error)?.constraint === constraint;
}

/** The server is away, starting, shutting down or too slow: nothing was wrong with the statement. */
export function isDisconnected(error: unknown): boolean {
  const code = postgresError(error)?.code ?? '';
  return (
    /^(08|57P0)/.test(code) ||
    code === QUERY_CANCELED ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(code) ||
    (error instanceof Error &&
      /Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(
        error.message,
      ))
  );
}
