import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import { type DeskEvent, formatCursor, parseCursor } from '../events/event.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { maySee } from '../users/find-users.ts';
import { Deposit, DepositChange, depositOf } from './deposit.graphql.ts';

interface Wanted {
  readonly after?: string | null;
}

/** Deposits as they come in. */
@Resolver(() => DepositChange)
export class DepositStreamResolver {
  @Subscription(() => DepositChange, {
    description:
      'Each deposit as it is seen, credited, put on the desk or decided about; an API key hears of its users’. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: ({ args, context }: { args: Wanted; context: DeskContext }) =>
      visibleChanges(args, context),
  })
  depositChanged(
    @Root() event: DeskEvent,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'Begin with what came after this cursor; without it, with what comes from now on.',
    })
    _after?: string | null,
  ): DepositChange {
    return { cursor: formatCursor(event.cursor), depositId: event.subjectId };
  }

  @FieldResolver(() => Deposit, {
    description: 'The deposit as it is now: as new as the change, or newer.',
  })
  async deposit(
    @Root() { depositId }: DepositChange,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Deposit> {
    // One operation of a stream lives long: what it loaded for the change before is old.
    loaders.deposit.clear(depositId);
    return depositOf(present(await loaders.deposit.load(depositId), 'deposit'));
  }
}

function visibleChanges(
  { after }: Wanted,
  { caller, loaders, feed, signal }: DeskContext,
): AsyncIterable<DeskEvent> {
  const all = feed.subscribe({
    kinds: ['deposit.*'],
    ...(after && { after: parseCursor(after) }),
    signal,
  });
  const scope = clientScope(caller);
  return scope === undefined ? all : visibleTo(scope, all, loaders);
}

/** A bot's users are its own and those known by a Telegram id, whom every bot may serve. */
async function* visibleTo(
  scope: string,
  events: AsyncIterable<DeskEvent>,
  loaders: DeskContext['loaders'],
): AsyncGenerator<DeskEvent> {
  for await (const event of events) {
    const user = event.userId === null ? null : await loaders.user.load(event.userId);
    if (user && maySee(scope, user)) yield event;
  }
}
