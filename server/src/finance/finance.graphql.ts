import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { Money } from '../graphql/money.graphql.ts';
import { Amount, DateTime, Energy } from '../graphql/scalars.ts';
import { OrderStateEnum } from '../orders/order.graphql.ts';
import type { OrderState } from '../orders/order-states.ts';
import type { TimeBucket } from './time-buckets.ts';

export const TimeBucketEnum = enumeration<TimeBucket>(
  'TimeBucket',
  'Into what pieces a period is cut, at boundaries of UTC.',
  {
    HOUR: 'Full hours.',
    DAY: 'Days from midnight.',
    WEEK: 'Weeks from Monday, midnight.',
    MONTH: 'Calendar months.',
  },
);

@ObjectType({ description: 'What was earned in one piece of a period.' })
export class RevenueBucket {
  @Field(() => DateTime, {
    description: 'When the piece begins; the first may begin before `from`.',
  })
  start!: Date;

  @Field(() => Amount, { description: 'TRX earned in it.' })
  revenue!: bigint;

  @Field(() => Int, { description: 'Orders whose delivery became final in it.' })
  orders!: number;

  @Field(() => Energy, { description: 'Energy of these orders.' })
  energy!: bigint;
}

@ObjectType({
  description:
    'What was earned in a period: an order’s price is earned when its delivery is final on chain, which is when the ledger moves it to desk.revenue.energy.',
})
export class RevenueReport {
  @Field(() => Money, { description: 'The sum of all pieces.' })
  total!: Money;

  @Field(() => Int, { description: 'Orders whose delivery became final in the period.' })
  orders!: number;

  @Field(() => Energy, { description: 'Energy of these orders.' })
  energy!: bigint;

  @Field(() => [RevenueBucket], {
    description: 'Every piece in order, empty ones too; at most 1,000.',
  })
  buckets!: readonly RevenueBucket[];
}

@ObjectType({ description: 'Reports over the ledger.' })
export class Finance {
  /** Whose orders are counted; undefined means everybody's. */
  clientId!: string | undefined;
}

@ObjectType({ description: 'How many orders are in a state.' })
export class OrderStateCount {
  @Field(() => OrderStateEnum, { description: 'The state.' })
  state!: OrderState;

  @Field(() => Int, { description: 'Orders that are in it now.' })
  count!: number;
}

@ObjectType({
  description: 'Seconds from placing an order to its delivery; null when none was delivered.',
})
export class HandlingTime {
  @Field(() => Float, { nullable: true, description: 'The mean.' })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: 'Half of the orders took no longer.' })
  p50!: number | null;

  @Field(() => Float, { nullable: true, description: '95 of 100 took no longer.' })
  p95!: number | null;

  @Field(() => Float, { nullable: true, description: '99 of 100 took no longer.' })
  p99!: number | null;
}

@ObjectType({ description: 'What became of the orders placed in one piece of a period.' })
export class OrderBucket {
  @Field(() => DateTime, {
    description: 'When the piece begins; the first may begin before `from`.',
  })
  start!: Date;

  @Field(() => Int, { description: 'Orders placed in it.' })
  placed!: number;

  @Field(() => Int, { description: 'How many of these are delivered.' })
  completed!: number;

  @Field(() => Int, { description: 'How many of these failed, refunded or not.' })
  failed!: number;
}

@ObjectType({ description: 'What became of the orders that were placed in a period.' })
export class OrderStatistics {
  @Field(() => DateTime, { description: 'The period begins here.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The period ends before this.' })
  to!: Date;

  @Field(() => Int, { description: 'Orders placed.' })
  total!: number;

  @Field(() => [OrderStateCount], { description: 'For each of the six states.' })
  byState!: readonly OrderStateCount[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Delivered orders among those delivered or failed, 0 to 1; cancelled ones do not count. Null when there is none.',
  })
  successRate!: number | null;

  @Field(() => HandlingTime, { description: 'How long deliveries took.' })
  handlingSeconds!: HandlingTime;

  @Field(() => [OrderBucket], {
    description: 'Every piece in order, empty ones too; at most 1,000.',
  })
  buckets!: readonly OrderBucket[];
}
