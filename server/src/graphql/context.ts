import type { Auditor } from '../access/audit.ts';
import type { Caller } from '../access/caller.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver gets: one for each HTTP request, one for each operation on a WebSocket. */
export interface DeskContext {
  readonly caller: Caller;
  /** The caller as written on what it does. */
  readonly actor: Actor;
  /** Writes audit rows; every mutation makes at least one, in the transaction of its change. */
  readonly audit: Auditor;
  readonly loaders: Loaders;
  /** Live events, for subscriptions. */
  readonly feed: EventFeed;
  readonly requestId: string;
  /** The caller's address, proxies taken off. */
  readonly remoteAddress: string;
  readonly userAgent: string;
  /** When the request came in, by this process's clock. Decides nothing about money or chain. */
  readonly now: Date;
  /** Aborts when nobody waits for the answer any more: hand it to every stream. */
  readonly signal: AbortSignal;
  /** Set-Cookie lines of the answer; without effect on a WebSocket. */
  readonly responseCookies: string[];
}
