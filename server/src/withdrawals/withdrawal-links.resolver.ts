import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { DeskContext } from '../graphql/context.ts';
import { isUuid } from '../kernel/ids.ts';
import { LedgerEntry } from '../ledger/ledger.graphql.ts';
import { Withdrawal, withdrawalOf } from './withdrawal.graphql.ts';

@Resolver(() => LedgerEntry)
export class EntryWithdrawalResolver {
  @FieldResolver(() => Withdrawal, {
    nullable: true,
    description: 'The withdrawal that it was for; null when it was for something else.',
  })
  async withdrawal(
    @Root() { kind, reference }: LedgerEntry,
    @Ctx() { caller, loaders }: DeskContext,
  ): Promise<Withdrawal | null> {
    if (!kind.startsWith('withdrawal.') || !isUuid(reference)) return null;
    const row = await loaders.withdrawal.load(reference);
    const scope = clientScope(caller);
    return row && (scope === undefined || row.clientId === scope) ? withdrawalOf(row) : null;
  }
}
