import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { ActorType, StateChange, stateChange } from '../graphql/actor.graphql.ts';
import type { DeskContext } from '../graphql/context.ts';
import { Money, trx } from '../graphql/money.graphql.ts';
import { DateTime, Txid } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { LedgerEntry, ledgerEntry } from '../ledger/ledger.graphql.ts';
import { parseUserRef } from '../users/user-ref.ts';
import { User, userOf } from '../users/user.graphql.ts';
import { cancelOrder } from './cancel-order.ts';
import { CancelOrderInput, PlaceOrderInput } from './order-input.graphql.ts';
import { visibleOrder } from './order-page.graphql.ts';
import { orderOfCaller, type OrderRow } from './order-rows.ts';
import { Failure, Order } from './order.graphql.ts';
import type { PlacedOrder, PlaceOrderCommand } from './place-orders.ts';
import { Slice } from './slice.graphql.ts';

export interface OrderResolverParts {
  readonly database: Database;
  readonly placeOrder: (command: PlaceOrderCommand) => Promise<PlacedOrder>;
}

const MAX_CLIENT_ORDER_ID = 128;

@Resolver(() => Order)
export class OrderResolver {
  readonly #parts: OrderResolverParts;

  constructor(parts: OrderResolverParts) {
    this.#parts = parts;
  }

  @Query(() => Order, {
    nullable: true,
    description:
      'One order, by its id, or by the id that the caller itself gave it; null when there is none that the caller may see.',
  })
  async order(
    @Arg('id', () => ID, { nullable: true, description: 'The desk’s id of the order.' })
    id: string | null | undefined,
    @Arg('clientOrderId', () => String, { nullable: true, description: 'The caller’s own id.' })
    clientOrderId: string | null | undefined,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow | null> {
    if (Boolean(id) === Boolean(clientOrderId)) {
      throw new BadInput('Name the order by exactly one of id and clientOrderId.', { field: 'id' });
    }
    if (clientOrderId) {
      const em = this.#parts.database.read();
      return (await orderOfCaller(em, namespaceOf(context), clientOrderId)) ?? null;
    }
    if (!id || !isUuid(id)) return null;
    return visibleOrder(await context.loaders.order.load(id.toLowerCase()), context);
  }

  @Mutation(() => Order, {
    description:
      'Places an order and holds its price. Answers at once with state PENDING; delivery follows with the next block. Send it again with the same clientOrderId when an answer got lost.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow> {
    const { actor, audit, caller, requestId, remoteAddress } = context;
    const clientId = clientOf(caller);
    const { orderId, asPlaced } = await this.#parts.placeOrder({
      caller: namespaceOf(context),
      clientId,
      actor,
      clientOrderId: readClientOrderId(input.clientOrderId),
      user: parseUserRef(input.user, clientId),
      energy: input.energy,
      duration: input.duration,
      receiver: input.receiver,
      maxPriceSun: input.maxPrice ?? null,
      origin: { requestId, remoteAddress },
    });
    audit.isWrittenElsewhere();
    return asPlaced ?? present(await context.loaders.order.load(orderId), 'placed order');
  }

  @Mutation(() => Order, {
    description:
      'Calls an order back, as long as nothing of it was sent to the chain, and returns its price to the user’s balance. To cancel again is harmless.',
  })
  async cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'Which order, and why.' })
    { orderId, reason }: CancelOrderInput,
    @Ctx() { actor, audit, caller, loaders }: DeskContext,
  ): Promise<OrderRow> {
    if (!isUuid(orderId)) {
      throw new NotFound('There is no such order.', { field: 'input.orderId' });
    }
    const clientId = clientScope(caller) ?? null;
    await this.#parts.database.transaction(actor, async (em) => {
      await cancelOrder(em, { orderId, clientId, reason: reason ?? null });
      await audit.record(
        em,
        'order.cancel',
        { kind: 'order', id: orderId },
        { reason: reason ?? null },
      );
    });
    return present(await loaders.order.load(orderId.toLowerCase()), 'cancelled order');
  }

  @FieldResolver(() => User, { description: 'Who pays.' })
  async user(@Root() { userId }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<User> {
    return userOf(present(await loaders.user.load(userId), 'user of the order'));
  }

  @FieldResolver(() => Money, { description: 'What it costs; held until delivery is final.' })
  price(@Root() { priceSun }: OrderRow): Money {
    return trx(priceSun);
  }

  @FieldResolver(() => Failure, { nullable: true, description: 'Why it failed, if it did.' })
  failure(@Root() { failureCode: code, failureMessage }: OrderRow): Failure | null {
    return code && { code, message: failureMessage ?? '' };
  }

  @FieldResolver(() => ActorType, { description: 'Who placed it.' })
  placedBy(@Root() { placedByText }: OrderRow): ActorType {
    return parseActor(placedByText);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be called back at this moment.' })
  cancellable(@Root() { state }: OrderRow): boolean {
    return state === 'PENDING';
  }

  @FieldResolver(() => Boolean, {
    description: 'Something of it was sent and is neither in a block nor proved dead.',
  })
  async inDoubt(@Root() { id }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<boolean> {
    return (await loaders.orderOnChain.load(id))?.inDoubt ?? false;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When what is in doubt was sent first; null when nothing is.',
  })
  async inDoubtSince(
    @Root() { id }: OrderRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Date | null> {
    return (await loaders.orderOnChain.load(id))?.inDoubtSince ?? null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'By then, at the latest, what is in doubt has landed or is proved dead, while the chain makes blocks; null when nothing is.',
  })
  async inDoubtUntil(
    @Root() { id }: OrderRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Date | null> {
    return (await loaders.orderOnChain.load(id))?.inDoubtUntil ?? null;
  }

  @FieldResolver(() => Txid, {
    nullable: true,
    description: 'Of the first slice’s latest attempt; null until there is one.',
  })
  async txid(@Root() { id }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<string | null> {
    return (await loaders.orderOnChain.load(id))?.txid ?? null;
  }

  @FieldResolver(() => [Slice], { description: 'Its parts, one per wallet, in order.' })
  slices(@Root() { id }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<Slice[]> {
    return loaders.slices.load(id);
  }

  @FieldResolver(() => [StateChange], { description: 'Every state it has been in, in order.' })
  async history(@Root() { id }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<StateChange[]> {
    return (await loaders.orderHistory.load(id)).map(stateChange);
  }

  @FieldResolver(() => [LedgerEntry], { description: 'How its money moved, in order.' })
  async entries(@Root() { id }: OrderRow, @Ctx() { loaders }: DeskContext): Promise<LedgerEntry[]> {
    return (await loaders.entries.load(id)).map(ledgerEntry);
  }
}

/** Client order ids are unique within it. */
function namespaceOf({ caller }: DeskContext): string {
  if (caller.kind === 'API_CLIENT') return `client:${caller.id}`;
  return `operator:${caller.kind === 'OPERATOR' ? caller.id : ''}`;
}

function readClientOrderId(text: string): string {
  if (text.trim() === '' || text.length > MAX_CLIENT_ORDER_ID || /\p{C}/u.test(text)) {
    throw new BadInput(
      `A client order id has 1 to ${MAX_CLIENT_ORDER_ID} printable characters of your choice.`,
      { field: 'input.clientOrderId' },
    );
  }
  return text;
}
