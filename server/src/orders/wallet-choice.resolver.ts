import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { DeskContext } from '../graphql/context.ts';
import { WalletChoice } from '../wallets/allocation.graphql.ts';
import type { OrderRow } from './order-rows.ts';
import { Order } from './order.graphql.ts';
import type { RecordedChoice } from './wallet-choices.ts';

/** Why an order is delivered by the wallets that deliver it. */
@Resolver(() => Order)
export class OrderWalletChoicesResolver {
  @FieldResolver(() => [WalletChoice], {
    description:
      'Each choice of wallets for this order, the first first, as it was decided then; none on orders from before they were kept. A bot sees none.',
  })
  async walletChoices(
    @Root() { id }: OrderRow,
    @Ctx() { caller, loaders }: DeskContext,
  ): Promise<readonly RecordedChoice[]> {
    return clientScope(caller) === undefined ? loaders.walletChoices.load(id) : [];
  }
}
