import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Money } from '../graphql/money.graphql.ts';
import { AddressScalar, DateTime, Energy } from '../graphql/scalars.ts';
import type { Address } from '../chain/address.ts';
import { UserRefType } from '../users/user.graphql.ts';

@ObjectType({ description: 'A time for which Energy is sold.' })
export class Duration {
  @Field(() => String, { description: 'What orders and quotes are asked with: "1h".' })
  code!: string;

  @Field(() => Int, { description: 'How long, in seconds from the block of the delivery.' })
  seconds!: number;

  @Field(() => String, { description: 'In English, for people: "1 hour".' })
  label!: string;
}

@ObjectType({ description: 'What the desk sells at present.' })
export class Offer {
  @Field(() => [Duration], { description: 'The durations that can be ordered.' })
  durations!: readonly Duration[];

  @Field(() => Energy, { description: 'The smallest order.' })
  minEnergy!: bigint;

  @Field(() => Energy, { description: 'The largest order.' })
  maxEnergy!: bigint;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'Where users send TRX or USDT to; null while the desk takes no deposits.',
  })
  depositAddress!: Address | null;
}

@InputType({ description: 'What a price is wanted for.' })
export class QuoteInput {
  @Field(() => Energy, { description: 'How much Energy.' })
  energy!: bigint;

  @Field(() => String, { description: 'For how long: a code of `offer.durations`.' })
  duration!: string;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'Who shall get it; only its form is checked here.',
  })
  receiver?: Address | null;

  @Field(() => UserRefType, {
    nullable: true,
    description: 'Who shall pay. At present every user has the same price.',
  })
  user?: UserRefType | null;
}

@ObjectType({
  description:
    'What an order would cost now. It holds no Energy and no price: placeOrder takes the price book of its own moment, and its `maxPrice` protects from paying more than quoted.',
})
export class Quote {
  @Field(() => ID, {
    description: 'Equal for equal wishes until prices or other settings change.',
  })
  id!: string;

  @Field(() => Energy, { description: 'How much Energy.' })
  energy!: bigint;

  @Field(() => String, { description: 'Code of the duration.' })
  duration!: string;

  @Field(() => AddressScalar, { nullable: true, description: 'Who shall get it, if it was said.' })
  receiver!: Address | null;

  @Field(() => Money, { description: 'The price of the whole order.' })
  price!: Money;

  @Field(() => String, {
    description: 'The price divided by the Energy, in sun, to the nearest thousandth: "60".',
  })
  pricePerEnergy!: string;

  @Field(() => String, { description: 'The arithmetic of the price in one sentence.' })
  explanation!: string;

  @Field(() => Boolean, {
    description: 'Whether the desk is selling and has that much Energy free at this moment.',
  })
  available!: boolean;

  @Field(() => DateTime, { description: 'Ask again after this; the price may change before.' })
  validUntil!: Date;
}
