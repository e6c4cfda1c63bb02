import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import { Order } from './order.graphql.ts';
import { Rental, Slice } from './slice.graphql.ts';

@Resolver(() => Slice)
export class SliceResolver {
  @FieldResolver(() => Wallet, { description: 'Who delivers it.' })
  async wallet(@Root() { walletId }: Slice, @Ctx() { loaders }: DeskContext): Promise<Wallet> {
    return present(await loaders.wallet.load(walletId), 'wallet of the slice');
  }

  @FieldResolver(() => ChainOperation, { nullable: true, description: 'Its delegation on chain.' })
  delegation(
    @Root() { id }: Slice,
    @Ctx() { loaders }: DeskContext,
  ): Promise<ChainOperation | null> {
    return loaders.delegation.load(id);
  }

  @FieldResolver(() => Rental, {
    nullable: true,
    description: 'Null until its delegation is solid.',
  })
  rental(@Root() { id }: Slice, @Ctx() { loaders }: DeskContext): Promise<Rental | null> {
    return loaders.rental.load(id);
  }
}

@Resolver(() => Rental)
export class RentalResolver {
  @FieldResolver(() => Wallet, { description: 'Whose stake it is.' })
  async wallet(@Root() { walletId }: Rental, @Ctx() { loaders }: DeskContext): Promise<Wallet> {
    return present(await loaders.wallet.load(walletId), 'wallet of the rental');
  }

  @FieldResolver(() => Order, { description: 'The order that it came from.' })
  async order(@Root() { orderId }: Rental, @Ctx() { loaders }: DeskContext): Promise<Order> {
    return present(await loaders.order.load(orderId), 'order of the rental');
  }

  @FieldResolver(() => ChainOperation, {
    nullable: true,
    description: 'Its undelegation on chain; null until its time is over.',
  })
  reclaim(@Root() { id }: Rental, @Ctx() { loaders }: DeskContext): Promise<ChainOperation | null> {
    return loaders.reclaim.load(id);
  }
}
