import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import { AddressScalar, Amount, DateTime } from '../graphql/scalars.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import type { AddressOnChain } from './user-addresses.ts';
import type { UserRow, UserStanding } from './user-row.ts';

export const UserStandingEnum = enumeration<UserStanding>('UserStanding', 'What a user may do.', {
  ACTIVE: 'Buys within the usual limits.',
  LIMITED: 'Buys within tighter limits.',
  BLOCKED: 'Buys nothing; open orders are still delivered.',
});

export const AddressOnChainEnum = enumeration<AddressOnChain>(
  'AddressOnChain',
  'What a node says of an account.',
  {
    ACTIVATED: 'It exists and can be given Energy.',
    NOT_ACTIVATED: 'It does not exist on chain yet: it needs some TRX first.',
    CONTRACT: 'It is a contract, which cannot be given Energy.',
  },
);

@ObjectType({
  description: 'Somebody who buys: known by a Telegram id, or as an API client’s own user.',
})
export class User {
  @Field(() => ID, { description: 'The desk’s own id of the user.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Telegram’s number, as a string.' })
  telegramId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the API client calls its user; unique for that client only.',
  })
  externalId!: string | null;

  @Field(() => UserStandingEnum, { description: 'What the user may do.' })
  standing!: UserStanding;

  @Field(() => String, { nullable: true, description: 'Language tag like "zh", when known.' })
  language!: string | null;

  @Field(() => DateTime, { description: 'When the desk first heard of the user: first seen.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the user was last named in a change, by whomever, within a minute.',
  })
  lastSeenAt!: Date | null;

  /** The rest of it, for field resolvers; not in the schema. */
  row!: UserRow;
}

@ObjectType({ description: 'What a user has in one currency.' })
export class Balance {
  @Field(() => CurrencyEnum, { description: 'What the amounts are in.' })
  currency!: Currency;

  @Field(() => Amount, { description: 'What can be spent.' })
  available!: bigint;

  @Field(() => Amount, {
    description: 'Held for open orders and withdrawals: it is spent or comes back.',
  })
  held!: bigint;
}

@ObjectType({ description: 'What of one currency has come in or gone out.' })
export class MoneyTotal {
  @Field(() => CurrencyEnum, { description: 'What the amount is in.' })
  currency!: Currency;

  @Field(() => Int, { description: 'How many payments.' })
  count!: number;

  @Field(() => Amount, { description: 'Their sum.' })
  amount!: bigint;
}

@ObjectType({ description: 'An address that a user keeps to send Energy to.' })
export class UserAddress {
  @Field(() => AddressScalar, { description: 'The address.' })
  address!: Address;

  @Field(() => String, { nullable: true, description: 'The user’s name for it.' })
  label!: string | null;

  @Field(() => Boolean, { description: 'Whether it is taken when the user names none.' })
  isDefault!: boolean;

  @Field(() => DateTime, { description: 'Since when the user keeps it.' })
  createdAt!: Date;

  @Field(() => AddressOnChainEnum, {
    nullable: true,
    description: 'What a node said of it at `lookedAt`; null while none has answered.',
  })
  onChain!: AddressOnChain | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last added and looked at.' })
  lookedAt!: Date | null;
}

@ObjectType({ description: 'A user in a list.' })
export class UserEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => User, { description: 'The user.' })
  node!: User;
}

@ObjectType({ description: 'One page of users, the newest first.' })
export class UserConnection {
  @Field(() => [UserEdge], { description: 'The page’s users in order.' })
  edges!: readonly UserEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, {
    description: 'How many users the filter finds; exact up to 10,000, and 10,000 beyond.',
  })
  totalCount!: number;
}

@InputType('UserRef', { description: 'Names a user by exactly one of its fields.' })
export class UserRefType {
  @Field(() => ID, { nullable: true, description: 'The desk’s own id.' })
  id?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telegram’s number as a string. A new one becomes a user on first use.',
  })
  telegramId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The calling API client’s own name for its user, 1 to 128 characters. A new one becomes a user on first use.',
  })
  externalId?: string | null;
}

@InputType('UserFilter', { description: 'All conditions that are given must hold.' })
export class UserFilterType {
  @Field(() => UserStandingEnum, { nullable: true, description: 'Only users of this standing.' })
  standing?: UserStanding | null;

  @Field(() => String, { nullable: true, description: 'Only users with this tag.' })
  tag?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A whole id, Telegram id or external id, or an address that the user keeps or has ordered for.',
  })
  search?: string | null;
}

@InputType({ description: 'A correction of a user’s balance by the desk.' })
export class AdjustBalanceInput {
  @Field(() => UserRefType, {
    description: 'Whose balance. A new Telegram id or external id becomes a user.',
  })
  user!: UserRefType;

  @Field(() => Amount, { description: 'Positive gives, negative takes; never 0.' })
  amount!: bigint;

  @Field(() => CurrencyEnum, { description: 'What the amount is in.' })
  currency!: Currency;

  @Field(() => String, {
    description: 'Why, for the statement and the audit log: 1 to 500 characters.',
  })
  reason!: string;

  @Field(() => String, {
    description:
      'Of your choice, 1 to 128 characters. The same key with the same content moves the money once and answers the same; with other content it is IDEMPOTENCY_CONFLICT.',
  })
  idempotencyKey!: string;
}

/** A user as callers see it. */
export function userOf(row: UserRow): User {
  return {
    id: row.id,
    telegramId: row.telegramId?.toString() ?? null,
    externalId: row.externalId,
    standing: row.standing,
    language: row.language,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    row,
  };
}
