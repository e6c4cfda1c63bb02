import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, DateTime, Energy, Sun } from '../graphql/scalars.ts';
import type { RentalState, SliceState } from './order-states.ts';

const SliceStateEnum = enumeration<SliceState>('SliceState', 'How far a slice has come.', {
  RESERVED: 'The wallet’s stake is promised to it.',
  DELEGATING: 'Its delegation is on its way.',
  DELIVERED: 'Its delegation is in a block.',
  DROPPED: 'Another wallet took over, or the order ended without it.',
});

export const RentalStateEnum = enumeration<RentalState>(
  'RentalState',
  'How far the return of delivered Energy has come.',
  {
    ACTIVE: 'The receiver has the Energy.',
    RECLAIMING: 'Its time is over, and it is being taken back.',
    RECLAIMED: 'It was taken back.',
  },
);

@ObjectType({ description: 'The part of an order that one wallet delivers.' })
export class Slice {
  @Field(() => ID, { description: 'Id of the slice.' })
  declare id: string;

  @Field(() => Int, { description: '1 for the first slice of its order.' })
  declare position: number;

  @Field(() => Energy, { description: 'How much of the order’s Energy.' })
  declare energy: bigint;

  @Field(() => Sun, { description: 'The stake that is delegated for it, exact.' })
  declare stake: bigint;

  @Field(() => SliceStateEnum, { description: 'How far it has come.' })
  declare state: SliceState;

  /** Not in the schema. */
  declare walletId: string;
}

@ObjectType({ description: 'Delivered Energy, from its delivery until it is taken back.' })
export class Rental {
  @Field(() => ID, { description: 'Id of the rental: that of its slice.' })
  declare id: string;

  @Field(() => AddressScalar, { description: 'Who has the Energy.' })
  declare receiver: string;

  @Field(() => Energy, { description: 'How much, as it was sold.' })
  declare energy: bigint;

  @Field(() => Sun, { description: 'The stake that was delegated, exact.' })
  declare stake: bigint;

  @Field(() => RentalStateEnum, { description: 'How far its return has come.' })
  declare state: RentalState;

  @Field(() => DateTime, { description: 'Chain time of its delivery.' })
  declare startsAt: Date;

  @Field(() => DateTime, { description: 'Chain time from which it is taken back.' })
  declare endsAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back for good.' })
  declare reclaimedAt: Date | null;

  /** Not in the schema. */
  declare orderId: string;
  /** Not in the schema. */
  declare walletId: string;
}

@ObjectType({ description: 'A rental in a list.' })
export class RentalEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Rental, { description: 'The rental.' })
  declare node: Rental;
}

@ObjectType({ description: 'One page of rentals, the last to end first.' })
export class RentalConnection {
  @Field(() => [RentalEdge], { description: 'The page’s rentals in order.' })
  declare edges: readonly RentalEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}
