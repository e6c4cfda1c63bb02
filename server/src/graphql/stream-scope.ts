import type { Caller } from '../access/caller.ts';
import { contextOf, type ContextSources } from './create-context.ts';
import type { DeskContext } from './context.ts';

/** Everybody with the same rights; who they are is not in it. */
export function rightsOf(caller: Caller): string {
  switch (caller.kind) {
    case 'STRANGER':
      return caller.because;
    case 'OPERATOR':
      return `${caller.kind} ${caller.mustChangePassword} ${[...caller.roles].sort().join()}`;
    case 'API_CLIENT':
      return `${caller.kind} ${[...caller.roles].sort().join()}`;
  }
}

/** One person or program with its rights. */
export function identityOf(caller: Caller): string {
  return caller.kind === 'STRANGER' ? rightsOf(caller) : `${rightsOf(caller)} ${caller.id}`;
}

/**
 * A context for an execution that others may share: it tells when it was asked who the caller is, and
 * by which name. Until then the answer depends on nothing but the caller's rights.
 */
export function sharedContext(
  sources: ContextSources,
  caller: Caller,
  onIdentity: (name: string) => void,
): DeskContext {
  const origin = { requestId: '', remoteAddress: '', userAgent: '', signal: NEVER };
  const context = contextOf(sources, caller, origin);
  return watched(
    context,
    ['actor', 'audit', 'requestId', 'remoteAddress', 'userAgent', 'responseCookies'],
    onIdentity,
    { caller: { value: watchedCaller(caller, onIdentity) } },
  );
}

/** A shared execution ends by itself: nobody's leaving stops it. */
const NEVER = new AbortController().signal;

function watchedCaller(caller: Caller, onIdentity: (name: string) => void): Caller {
  if (caller.kind === 'STRANGER') return caller;
  return watched(caller, ['id', 'name', 'sessionId'], onIdentity);
}

/** A copy whose named properties tell of being read. What is made on demand stays so. */
function watched<T extends object>(
  object: T,
  names: readonly string[],
  onRead: (name: string) => void,
  instead: PropertyDescriptorMap = {},
): T {
  const properties = { ...Object.getOwnPropertyDescriptors(object), ...instead };
  const prototype = Object.getPrototypeOf(object) as object;
  const result = Object.create(prototype, properties) as T;
  for (const name of names) {
    const value: unknown = properties[name]?.value;
    if (!(name in properties)) continue;
    Object.defineProperty(result, name, {
      enumerable: true,
      get() {
        onRead(name);
        return value;
      },
    });
  }
  return result;
}
