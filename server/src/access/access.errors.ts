import { DomainError } from '../kernel/domain-error.ts';

/** The field is for callers that have signed in or sent an API key. */
export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';
}

/** The caller is known and has no right to this. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
}

/** The session cookie names a session that is over. */
export class SessionExpired extends DomainError {
  readonly code = 'SESSION_EXPIRED';
}

/** The API key was valid once. */
export class ApiKeyRevoked extends DomainError {
  readonly code = 'API_KEY_REVOKED';
}

/** Unknown user, wrong password, switched off: one answer for all. */
export class SignInFailed extends DomainError {
  readonly code = 'SIGN_IN_FAILED';
}

export class PasswordTooWeak extends DomainError {
  readonly code = 'PASSWORD_TOO_WEAK';
}

/** `details.retryAfterSeconds` says when to come back. */
export class RateLimited extends DomainError {
  readonly code = 'RATE_LIMITED';
  override readonly retryable = true;
}
