import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { type DeskEvent, formatCursor, parseCursor } from './event.ts';
import { EventConnection, EventFilter, type EventType } from './event.graphql.ts';
import { readEventHead, readEvents } from './read-events.ts';

const BEGINNING = { xid: 0n, position: 0n };

/** Events for those who catch up. */
@Resolver()
export class EventResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => EventConnection, {
    description: 'Events after a cursor; an API client sees only those of its own orders.',
  })
  async events(
    @Ctx() { caller }: DeskContext,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor to go on from; from the first event there is when left out.',
    })
    after: string | null | undefined,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events.' })
    filter: EventFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 200.' })
    first: number,
  ): Promise<Pick<EventConnection, keyof EventConnection>> {
    const subjectIds = filter?.subjectIds ?? undefined;
    if (subjectIds?.some((id) => !isUuid(id)) === true) {
      throw new BadInput('An id has the form of a UUID.', { field: 'filter.subjectIds' });
    }
    // A variable that is left null is no cursor either.
    const start = (after ?? '') === '' ? BEGINNING : parseCursor(after ?? '');
    const page = await readEvents(
      this.#database.read(),
      start,
      { kinds: filter?.kinds ?? undefined, subjectIds, clientId: clientScope(caller) },
      pageSize(first),
    );
    return {
      events: page.events.map(asEventType),
      endCursor: formatCursor(page.end),
      hasMore: page.hasMore,
    };
  }

  @Query(() => String, {
    description:
      'The cursor of now. Ask for it together with a list, then open a stream with it as `after`: ' +
      'nothing that happens between is missed; some may be told twice.',
  })
  async eventCursor(@Ctx() { feed }: DeskContext): Promise<string> {
    // Where the feed stands was settled before this request began, hence before any list in it.
    return formatCursor(feed.position ?? (await readEventHead(this.#database.read())));
  }
}

function asEventType(event: DeskEvent): Pick<EventType, keyof EventType> {
  return { ...event, cursor: formatCursor(event.cursor) };
}
