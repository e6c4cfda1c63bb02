import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Address } from '../chain/address.ts';
import { ActorType } from '../graphql/actor.graphql.ts';
import { AddressScalar, Amount, DateTime } from '../graphql/scalars.ts';
import type { UserStanding } from './user-row.ts';
import { UserRefType, UserStandingEnum } from './user.graphql.ts';

@ObjectType({
  description:
    'How much a user may buy in any 24 hours, and has bought. Orders whose money came back do not count.',
})
export class UserLimits {
  @Field(() => Int, { nullable: true, description: 'Orders; null is without a limit.' })
  declare ordersPerDay: number | null;

  @Field(() => Amount, { nullable: true, description: 'In TRX; null is without a limit.' })
  declare spendPerDay: bigint | null;

  @Field(() => Boolean, {
    description: 'Whether at least one of the two is the user’s own; else the settings’.',
  })
  declare own: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders in any 24 hours that were set for this user; null where the settings say.',
  })
  declare ownOrdersPerDay: number | null;

  @Field(() => Amount, {
    nullable: true,
    description: 'TRX in any 24 hours that were set for this user; null where the settings say.',
  })
  declare ownSpendPerDay: bigint | null;

  @Field(() => Int, { description: 'Orders of the last 24 hours.' })
  declare ordersUsed: number;

  @Field(() => Amount, { description: 'TRX spent on orders in the last 24 hours.' })
  declare spendUsed: bigint;
}

@ObjectType({ description: 'What somebody wrote about a user; it stays as it is.' })
export class UserNote {
  @Field(() => ID, { description: 'The desk’s own id of the note.' })
  declare id: string;

  @Field(() => String, { description: 'What was written.' })
  declare text: string;

  @Field(() => ActorType, { description: 'Who wrote it.' })
  declare author: ActorType;

  @Field(() => DateTime, { description: 'When.' })
  declare at: Date;
}

@InputType({ description: 'An address that a user wants to keep.' })
export class AddUserAddressInput {
  @Field(() => UserRefType, {
    description: 'Whose. A new Telegram id or external id becomes a user.',
  })
  declare user: UserRefType;

  @Field(() => AddressScalar, {
    description: 'The address; one already kept stays, with the new label if one is given.',
  })
  declare address: Address;

  @Field(() => String, {
    nullable: true,
    description: 'The user’s name for it, up to 60 characters; empty takes the name away.',
  })
  declare label?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it becomes the default. The first address is it in any case.',
  })
  declare isDefault?: boolean | null;
}

@InputType({ description: 'One address of one user.' })
export class UserAddressInput {
  @Field(() => UserRefType, { description: 'Whose.' })
  declare user: UserRefType;

  @Field(() => AddressScalar, { description: 'Which.' })
  declare address: Address;
}

@InputType({ description: 'In which language a user is spoken to.' })
export class SetUserLanguageInput {
  @Field(() => UserRefType, { description: 'Who.' })
  declare user: UserRefType;

  @Field(() => String, { nullable: true, description: 'A tag like "zh" or "en"; null forgets it.' })
  declare language?: string | null;
}

@InputType({ description: 'What a user may do from now on, and why.' })
export class SetUserStandingInput {
  @Field(() => UserRefType, { description: 'Who.' })
  declare user: UserRefType;

  @Field(() => UserStandingEnum, { description: 'What the user may do.' })
  declare standing: UserStanding;

  @Field(() => String, {
    description: 'Why, 1 to 500 characters: for operators, never shown to the user.',
  })
  declare reason: string;
}

@InputType({ description: 'A user’s own limits, in place of those of the settings.' })
export class SetUserLimitsInput {
  @Field(() => UserRefType, { description: 'Who.' })
  declare user: UserRefType;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders in any 24 hours, at least 1; null lets the settings decide.',
  })
  declare ordersPerDay?: number | null;

  @Field(() => Amount, {
    nullable: true,
    description: 'TRX spent in any 24 hours, above 0; null lets the settings decide.',
  })
  declare spendPerDay?: bigint | null;

  @Field(() => String, { description: 'Why, 1 to 500 characters, for the audit log.' })
  declare reason: string;
}

@InputType({ description: 'The tags of a user, in place of those there are.' })
export class SetUserTagsInput {
  @Field(() => UserRefType, { description: 'Who.' })
  declare user: UserRefType;

  @Field(() => [String], { description: 'Up to 20 of 1 to 40 characters.' })
  declare tags: string[];
}

@InputType({ description: 'A note about a user.' })
export class AddUserNoteInput {
  @Field(() => UserRefType, { description: 'About whom.' })
  declare user: UserRefType;

  @Field(() => String, { description: '1 to 2,000 characters.' })
  declare text: string;

  @Field(() => String, {
    description:
      'Of your choice, 1 to 128 characters. The same id with the same text adds one note.',
  })
  declare clientId: string;
}
