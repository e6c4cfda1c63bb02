import type { DomainError } from '../kernel/domain-error.ts';
import { ApiKeyRevoked, Forbidden, SessionExpired, Unauthenticated } from './access.errors.ts';
import type { Caller, Stranger } from './caller.ts';
import type { Role } from './roles.ts';

/** Whether a caller may use a field of Query, Mutation or Subscription; undefined means yes. */
export interface AccessRule {
  readonly name: string;
  readonly refuse: (caller: Caller) => DomainError | undefined;
}

/** The rules of one room, by the names of the schema's root fields. */
export interface RuleMap {
  readonly Query?: Readonly<Record<string, AccessRule>>;
  readonly Mutation?: Readonly<Record<string, AccessRule>>;
  readonly Subscription?: Readonly<Record<string, AccessRule>>;
}

/** Everybody, without signing in. */
export const anyone: AccessRule = { name: 'anyone', refuse: () => undefined };

/** An operator with a session, even one whose password is still the first one. */
export const anyOperator: AccessRule = {
  name: 'anyOperator',
  refuse(caller) {
    if (caller.kind === 'STRANGER') return refusalOf(caller);
    if (caller.kind === 'OPERATOR') return undefined;
    return new Forbidden('This is for operators; an API key cannot do it.');
  },
};

/** Every operator and every API client. */
export const signedIn: AccessRule = {
  name: 'signedIn',
  refuse(caller) {
    if (caller.kind === 'STRANGER') return refusalOf(caller);
    if (caller.kind === 'OPERATOR' && caller.mustChangePassword) {
      return new Forbidden('Change your password first: it is still the one you were given.', {
        details: { reason: 'MUST_CHANGE_PASSWORD' },
      });
    }
    return undefined;
  },
};

/** Callers with at least one of the roles. ADMIN may do everything and need not be named. */
export function hasRole(...roles: readonly [Role, ...Role[]]): AccessRule {
  return {
    name: `hasRole(${roles.join(', ')})`,
    refuse(caller) {
      const refusal = signedIn.refuse(caller);
      if (refusal !== undefined || caller.kind === 'STRANGER') return refusal;
      if (caller.roles.some((role) => role === 'ADMIN' || roles.includes(role))) return undefined;
      return new Forbidden(
        `This needs the role ${roles.join(' or ')}. Ask an administrator for it.`,
        { details: { roles: [...roles] } },
      );
    },
  };
}

/** The answer to a stranger at a guarded field. */
export function refusalOf({ because }: Stranger): DomainError {
  switch (because) {
    case 'SESSION_EXPIRED':
      return new SessionExpired('Your session is over. Sign in again.');
    case 'API_KEY_REVOKED':
      return new ApiKeyRevoked('This API key was revoked. Ask an administrator for a new one.');
    case 'BAD_API_KEY':
      return new Unauthenticated('This API key is unknown. Check that it was copied completely.');
    case 'CSRF_TOKEN_MISSING':
      return new Forbidden(
        'Send the value of the cookie desk_csrf in the header x-csrf-token with every request.',
        { details: { reason: 'CSRF_TOKEN_MISSING' } },
      );
    case 'NOT_SIGNED_IN':
      return new Unauthenticated('Sign in first, or send an API key.');
  }
}
