import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { WalletChoice } from '../wallets/allocation.graphql.ts';
import type { OrderReasons } from './order-reasons.ts';
import type { OrderRow } from './order-rows.ts';
import { Order } from './order.graphql.ts';
import type { RecordedChoice } from './wallet-choices.ts';

/** Why an order costs what it does, and is delivered by the wallets that deliver it. */
@Resolver(() => Order)
export class OrderReasonsResolver {
  @FieldResolver(() => String, { description: 'How the price came about.' })
  async explanation(@Root() order: OrderRow, @Ctx() context: DeskContext): Promise<string> {
    return order.explanation ?? (await reasonsOf(order, context)).explanation;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'How the wallets were chosen last by a person or at the placing, in one English sentence; `walletChoices` has it as data and in Chinese.',
  })
  async whyWallets(@Root() order: OrderRow, @Ctx() context: DeskContext): Promise<string | null> {
    return (await reasonsOf(order, context)).whyWallets();
  }

  @FieldResolver(() => [WalletChoice], {
    description:
      'Each choice of wallets for this order, the first first, as it was decided then; none on orders from before they were kept. A bot sees none.',
  })
  async walletChoices(
    @Root() order: OrderRow,
    @Ctx() context: DeskContext,
  ): Promise<readonly RecordedChoice[]> {
    if (clientScope(context.caller) !== undefined) return [];
    return (await reasonsOf(order, context)).choices();
  }
}

async function reasonsOf({ id }: OrderRow, { loaders }: DeskContext): Promise<OrderReasons> {
  return present(await loaders.orderReasons.load(id), 'reasons of the order');
}
