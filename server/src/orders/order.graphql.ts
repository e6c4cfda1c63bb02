import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, DateTime, Energy } from '../graphql/scalars.ts';
import { ErrorCode } from '../kernel/error-code.ts';
import { ResourceEnum } from '../operations/operation.graphql.ts';
import type { Resource } from '../chain/transaction.ts';
import type { OrderConditions, OrderSort } from './list-orders.ts';
import type { OrderState } from './order-states.ts';

export const OrderStateEnum = enumeration<OrderState>('OrderState', 'How far an order has come.', {
  PENDING: 'Paid for and waiting: nothing was sent to the chain, it can still be cancelled.',
  PROCESSING: 'On its way to the chain.',
  COMPLETED: 'All of it is in blocks: the receiver has the Energy.',
  FAILED: 'It could not be delivered; the money is about to go back.',
  CANCELLED: 'Called back in time; the money is about to go back.',
  REFUNDED: 'Failed or cancelled, and the money is back in the user’s balance.',
});

export const OrderSortEnum = enumeration<OrderSort>('OrderSort', 'The order of a list of orders.', {
  PLACED_AT_DESC: 'The newest first.',
  PLACED_AT_ASC: 'The oldest first.',
});

@ObjectType({ description: 'Why an order failed.' })
export class Failure {
  @Field(() => ErrorCode, { description: 'For programs.' })
  declare code: ErrorCode;

  @Field(() => String, { description: 'For people.' })
  declare message: string;
}

@ObjectType({ description: 'A user’s purchase of Energy for one address and a time.' })
export class Order {
  @Field(() => ID, { description: 'Id of the order.' })
  declare id: string;

  @Field(() => String, { description: 'Short reference for people: "A7K29-QWDX3".' })
  declare number: string;

  @Field(() => String, { description: 'The id that the caller gave it; unique for the caller.' })
  declare clientOrderId: string;

  @Field(() => ResourceEnum, { description: 'What was bought.' })
  declare resource: Resource;

  @Field(() => Energy, { description: 'How much, in whole units.' })
  declare energy: bigint;

  @Field(() => String, { description: 'For how long, as `offer` names it: "1h".' })
  declare duration: string;

  @Field(() => Int, { description: 'For how long, in seconds.' })
  declare durationSeconds: number;

  @Field(() => AddressScalar, { description: 'Who gets the Energy.' })
  declare receiver: string;

  @Field(() => OrderStateEnum, { description: 'How far it has come.' })
  declare state: OrderState;

  @Field(() => String, { description: 'Sun per unit of Energy, a decimal.' })
  declare pricePerEnergy: string;

  @Field(() => DateTime, { description: 'When it was placed, by the database’s clock.' })
  declare placedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was first sent to the chain.' })
  declare processingAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When all of it was in blocks.' })
  declare completedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was given up.' })
  declare failedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was called back.' })
  declare cancelledAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the money went back.' })
  declare refundedAt: Date | null;

  @Field(() => DateTime, { description: 'No new attempt to deliver is made after it.' })
  declare deadlineAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time at which the Energy is taken back; null before delivery.',
  })
  declare rentalEndsAt: Date | null;

  @Field(() => DateTime, { description: 'When anything about it last changed.' })
  declare updatedAt: Date;
}

@ObjectType({ description: 'An order in a list.' })
export class OrderEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Order, { description: 'The order.' })
  declare node: Order;
}

@ObjectType({ description: 'One page of orders.' })
export class OrderConnection {
  @Field(() => [OrderEdge], { description: 'The page’s orders in order.' })
  declare edges: readonly OrderEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;

  /** What `totalCount` counts, when it is asked for; not in the schema. */
  declare conditions: OrderConditions;
}

@ObjectType({ description: 'An order has changed.' })
export class OrderChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;
}
