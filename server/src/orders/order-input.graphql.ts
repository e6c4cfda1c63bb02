import { Field, ID, InputType } from 'type-graphql';
import { AddressScalar, Amount, DateTime, Energy, Txid } from '../graphql/scalars.ts';
import type { Address } from '../chain/address.ts';
import { UserRefType } from '../users/user.graphql.ts';
import type { OrderState } from './order-states.ts';
import { OrderStateEnum } from './order.graphql.ts';

@InputType({ description: 'Which orders: every condition that is given must hold.' })
export class OrderFilter {
  @Field(() => [OrderStateEnum], { nullable: true, description: 'In one of these states.' })
  declare states?: OrderState[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this user.' })
  declare userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'This wallet has, or had, a part in it.' })
  declare walletId?: string | null;

  @Field(() => AddressScalar, { nullable: true, description: 'For this address.' })
  declare receiver?: string | null;

  @Field(() => Txid, { nullable: true, description: 'This transaction delivers, or takes back.' })
  declare txid?: string | null;

  @Field(() => [String], { nullable: true, description: 'For one of these durations: ["1h"].' })
  declare durations?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Placed at this moment or later.' })
  declare placedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Placed before this moment.' })
  declare placedTo?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A whole id, number, client order id, transaction id, receiver’s address or Telegram id.',
  })
  declare search?: string | null;
}

@InputType({ description: 'Which orders to hear of: every condition that is given must hold.' })
export class OrderStreamFilter {
  @Field(() => [ID], { nullable: true, description: 'These orders only, up to 200.' })
  declare ids?: string[] | null;

  @Field(() => [OrderStateEnum], {
    nullable: true,
    description: 'Changes to one of these states only.',
  })
  declare states?: OrderState[] | null;

  @Field(() => ID, { nullable: true, description: 'Orders of this user only.' })
  declare userId?: string | null;
}

@InputType({ description: 'An order to place.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      'Your own id of the order, 1 to 128 characters. The same id with the same content answers with the same order, so a repeated request is harmless.',
  })
  declare clientOrderId: string;

  @Field(() => UserRefType, {
    description: 'Who pays. A Telegram id or external id that is new makes a new user.',
  })
  declare user: UserRefType;

  @Field(() => Energy, { description: 'How much, in whole units.' })
  declare energy: bigint;

  @Field(() => String, { description: 'For how long, as `offer` names it: "1h".' })
  declare duration: string;

  @Field(() => AddressScalar, { description: 'Who gets the Energy: an activated account.' })
  declare receiver: Address;

  @Field(() => Amount, {
    nullable: true,
    description: 'In TRX: at a higher price the order is refused with PRICE_CHANGED.',
  })
  declare maxPrice?: bigint | null;
}

@InputType({ description: 'An order to call back.' })
export class CancelOrderInput {
  @Field(() => ID, { description: 'Which order.' })
  declare orderId: string;

  @Field(() => String, { nullable: true, description: 'Why; kept in the order’s history.' })
  declare reason?: string | null;
}

@InputType({ description: 'What shall become of an order that failed.' })
export class DecideOrderInput {
  @Field(() => ID, { description: 'Which order.' })
  declare orderId: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; kept in the order’s history.' })
  declare reason: string;
}
