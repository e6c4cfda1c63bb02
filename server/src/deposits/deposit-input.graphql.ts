import { Field, ID, InputType } from 'type-graphql';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import { AddressScalar, Amount, Txid } from '../graphql/scalars.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { UserRefType } from '../users/user.graphql.ts';
import type { UnclaimedReason } from './decide-payer.ts';
import { DepositStateEnum, UnclaimedReasonEnum } from './deposit-enums.graphql.ts';
import type { DepositState } from './deposit-states.ts';

const KEY = 'Yours, 1 to 128 characters: the same with the same content is done once.';
const REASON = 'Why, 1 to 500 characters; kept with the deposit and in the audit log.';

@InputType({ description: 'Every condition that is given must hold.' })
export class DepositFilter {
  @Field(() => [DepositStateEnum], { nullable: true, description: 'Only in one of these states.' })
  declare states?: DepositState[] | null;

  @Field(() => [UnclaimedReasonEnum], { nullable: true, description: 'Only with these reasons.' })
  declare reasons?: UnclaimedReason[] | null;

  @Field(() => ID, { nullable: true, description: 'Only of this user.' })
  declare userId?: string | null;

  @Field(() => Txid, { nullable: true, description: 'Only of this transaction.' })
  declare txid?: string | null;

  @Field(() => AddressScalar, { nullable: true, description: 'Only to this watched address.' })
  declare address?: Address | null;

  @Field(() => AddressScalar, { nullable: true, description: 'Only from this sender.' })
  declare sender?: Address | null;

  @Field(() => CurrencyEnum, { nullable: true, description: 'Only in this currency.' })
  declare currency?: Currency | null;
}

@InputType({ description: 'Somebody wants to pay in.' })
export class RequestDepositInput {
  @Field(() => UserRefType, {
    description: 'Who. A new Telegram id or external id becomes a user.',
  })
  declare user: UserRefType;

  @Field(() => Amount, {
    description: 'How much, from the smallest deposit to 10 million. It is rounded up to 0.01.',
  })
  declare amount: bigint;

  @Field(() => CurrencyEnum, { description: 'What the amount is in.' })
  declare currency: Currency;

  @Field(() => String, { description: KEY })
  declare clientId: string;
}

@InputType({ description: 'A user who shall have a place to pay to.' })
export class OpenDepositAddressInput {
  @Field(() => UserRefType, {
    description: 'Who. A new Telegram id or external id becomes a user.',
  })
  declare user: UserRefType;
}

@InputType({ description: 'An unclaimed deposit is one user’s.' })
export class AssignDepositInput {
  @Field(() => ID, { description: 'Which deposit.' })
  declare depositId: string;

  @Field(() => UserRefType, { description: 'Whose it is.' })
  declare user: UserRefType;

  @Field(() => String, { description: REASON })
  declare reason: string;

  @Field(() => String, { description: KEY })
  declare clientId: string;
}

@InputType({ description: 'What one user gets.' })
export class DepositShareInput {
  @Field(() => UserRefType, { description: 'Who.' })
  declare user: UserRefType;

  @Field(() => Amount, { description: 'How much, in the deposit’s currency; more than 0.' })
  declare amount: bigint;
}

@InputType({ description: 'An unclaimed deposit is several users’.' })
export class SplitDepositInput {
  @Field(() => ID, { description: 'Which deposit.' })
  declare depositId: string;

  @Field(() => [DepositShareInput], {
    description: '2 to 50 shares, each of another user; together the whole deposit.',
  })
  declare shares: DepositShareInput[];

  @Field(() => String, { description: REASON })
  declare reason: string;

  @Field(() => String, { description: KEY })
  declare clientId: string;
}

@InputType({ description: 'An unclaimed deposit that nobody gets.' })
export class DecideDepositInput {
  @Field(() => ID, { description: 'Which deposit.' })
  declare depositId: string;

  @Field(() => String, { description: REASON })
  declare reason: string;

  @Field(() => String, { description: KEY })
  declare clientId: string;
}
