import { Auditor } from '../access/audit.ts';
import type { Authenticator, Credentials } from '../access/authenticator.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { CSRF_COOKIE, readCookie, sessionCookies } from '../access/cookies.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeskContext } from './context.ts';
import type { Loaders } from './loaders.ts';

export interface ContextSources {
  readonly authenticator: Authenticator;
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly makeLoaders: () => Loaders;
  readonly sessionHours: number;
  /** Whether cookies are for https alone. */
  readonly secureCookies: boolean;
}

/** Where a request came from. */
export interface RequestOrigin {
  readonly requestId: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

/** The context of an HTTP request; prolongs the caller's cookies when its session was prolonged. */
export async function createContext(
  sources: ContextSources,
  credentials: Credentials,
  origin: RequestOrigin,
): Promise<DeskContext> {
  const { caller, prolonged } = await sources.authenticator.authenticate(credentials);
  const csrfToken = credentials.csrfToken ?? readCookie(credentials.cookie, CSRF_COOKIE);
  const cookies =
    prolonged === undefined || csrfToken === undefined
      ? []
      : sessionCookies(
          { token: prolonged.token, csrfToken },
          sources.sessionHours * 3600,
          sources.secureCookies,
        );
  return contextOf(sources, caller, origin, cookies);
}

/** The context of somebody who is known already. */
export function contextOf(
  { feed, clock, makeLoaders }: ContextSources,
  caller: Caller,
  origin: RequestOrigin,
  responseCookies: string[] = [],
): DeskContext {
  const actor = actorOf(caller);
  const { requestId, remoteAddress } = origin;
  return Object.assign(new LoadersOnDemand(makeLoaders), {
    ...origin,
    caller,
    actor,
    feed,
    responseCookies,
    now: clock.now(),
    audit: new Auditor({ actor, requestId, remoteAddress }),
  });
}

/**
 * Loaders are dozens of objects, which most requests and all streams need none of. They are asked for on the
 * prototype: Apollo copies a context with every property of its own, and reads all of these for it.
 */
class LoadersOnDemand {
  /** Shared with the copies. */
  readonly onDemand: { readonly make: () => Loaders; made?: Loaders };

  constructor(make: () => Loaders) {
    this.onDemand = { make };
  }

  get loaders(): Loaders {
    return (this.onDemand.made ??= this.onDemand.make());
  }
}
