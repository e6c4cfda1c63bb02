import { Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import { type DeskEvent, formatCursor } from '../events/event.ts';
import { AfterCursor, eventsOf } from '../graphql/change-stream.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { Withdrawal, WithdrawalChange, withdrawalOf } from './withdrawal.graphql.ts';

const every = eventsOf('withdrawal.*');

/** Withdrawals as they go. */
@Resolver(() => WithdrawalChange)
export class WithdrawalStreamResolver {
  @Subscription(() => WithdrawalChange, {
    description:
      'Each withdrawal as it is asked for, decided about, sent and settled, or cannot be sent; an API key hears of those that it asked for. To lose none, begin with `after` from `eventCursor` or from the last change that came.',
    subscribe: (asked: Parameters<typeof every>[0]) => visibleChanges(asked),
  })
  withdrawalChanged(
    @Root() event: DeskEvent,
    @AfterCursor() _after?: string | null,
  ): WithdrawalChange {
    return { cursor: formatCursor(event.cursor), withdrawalId: event.subjectId };
  }

  @FieldResolver(() => Withdrawal, {
    description: 'The withdrawal as it is now: as new as the change, or newer.',
  })
  async withdrawal(
    @Root() { withdrawalId }: WithdrawalChange,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Withdrawal> {
    // One operation of a stream lives long: what it loaded for the change before is old.
    loaders.withdrawal.clear(withdrawalId);
    loaders.withdrawalHistory.clear(withdrawalId);
    return withdrawalOf(present(await loaders.withdrawal.load(withdrawalId), 'withdrawal'));
  }
}

function visibleChanges(asked: Parameters<typeof every>[0]): AsyncIterable<DeskEvent> {
  const all = every(asked);
  const scope = clientScope(asked.context.caller);
  return scope === undefined ? all : askedForBy(scope, all);
}

/** As in lists: a bot sees the withdrawals that it asked for. */
async function* askedForBy(
  clientId: string,
  events: AsyncIterable<DeskEvent>,
): AsyncGenerator<DeskEvent> {
  for await (const event of events) if (event.clientId === clientId) yield event;
}
