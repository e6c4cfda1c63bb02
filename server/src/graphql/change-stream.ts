import { Arg } from 'type-graphql';
import { type DeskEvent, parseCursor } from '../events/event.ts';
import type { DeskContext } from './context.ts';

interface Asked {
  readonly args: { readonly after?: string | null };
  readonly context: DeskContext;
}

/**
 * The `subscribe` of a stream that everybody who may listen hears alike: events of these kinds.
 * @throws BadInput when `after` is none of our cursors
 */
export function eventsOf(
  ...kinds: readonly string[]
): (asked: Asked) => AsyncGenerator<DeskEvent, void, undefined> {
  return ({ args: { after }, context: { feed, signal } }) =>
    feed.subscribe({ kinds, ...(after && { after: parseCursor(after) }), signal });
}

/** The argument `after` of a stream of changes. */
export function AfterCursor(): ReturnType<typeof Arg> {
  return Arg('after', () => String, {
    nullable: true,
    description: 'Begin with what came after this cursor; without it, with what comes from now on.',
  });
}
