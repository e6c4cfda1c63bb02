import { type Actor, system } from '../kernel/actor.ts';
import type { Role } from './roles.ts';

/** Somebody who works in the console. */
export interface OperatorCaller {
  readonly kind: 'OPERATOR';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
  /** Until the password is changed nothing else is allowed. */
  readonly mustChangePassword: boolean;
}

/** A program with an API key. */
export interface ApiClientCaller {
  readonly kind: 'API_CLIENT';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Why a caller counts as nobody; decides which error a guarded field answers with. */
export type StrangerReason =
  'NOT_SIGNED_IN' | 'SESSION_EXPIRED' | 'API_KEY_REVOKED' | 'BAD_API_KEY' | 'CSRF_TOKEN_MISSING';

export interface Stranger {
  readonly kind: 'STRANGER';
  readonly because: StrangerReason;
}

/** Who sent the request. */
export type Caller = OperatorCaller | ApiClientCaller | Stranger;

export function stranger(because: StrangerReason): Stranger {
  return { kind: 'STRANGER', because };
}

/** The caller as it is written on what it does. */
export function actorOf(caller: Caller): Actor {
  if (caller.kind === 'STRANGER') return system('stranger');
  return { kind: caller.kind, id: caller.id, name: caller.name };
}

/** The API client that asks; null for people. Its external ids and its orders' ids are its own. */
export function clientOf(caller: Caller): string | null {
  return caller.kind === 'API_CLIENT' ? caller.id : null;
}

/**
 * The API client whose own things a caller is confined to: a bot sees what it placed. Undefined for
 * operators, and for keys with another role, whose rights are that role's.
 */
export function clientScope(caller: Caller): string | undefined {
  const isBot = caller.kind === 'API_CLIENT' && caller.roles.every((role) => role === 'BOT');
  return isBot ? caller.id : undefined;
}
