import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { Money } from '../graphql/money.graphql.ts';
import { AddressScalar, DateTime, Txid } from '../graphql/scalars.ts';
import type { IgnoredWhy, MatchedBy, UnclaimedReason } from './decide-payer.ts';
import {
  DecisionKindEnum,
  DepositStateEnum,
  IgnoredWhyEnum,
  IntentStateEnum,
  MatchedByEnum,
  UnclaimedReasonEnum,
} from './deposit-enums.graphql.ts';
import type { DecisionRow, DepositRow, RequestRow } from './deposit-rows.ts';
import type { DepositState, IntentState } from './deposit-states.ts';
import { paymentTexts } from './payment-text.ts';

@ObjectType({ description: 'A token that the desk does not take.' })
export class ForeignToken {
  @Field(() => String, { description: 'Its contract, or `TRC10:` and its id.' })
  declare contract: string;

  @Field(() => String, { description: 'How much, in whatever units its contract says.' })
  declare amount: string;
}

@ObjectType({ description: 'A transfer to a watched address.' })
export class Deposit {
  @Field(() => ID, { description: 'Id of the deposit.' })
  declare id: string;

  @Field(() => DepositStateEnum, { description: 'How far it has come.' })
  declare state: DepositState;

  @Field(() => Txid, { description: 'Its transaction; one may hold several deposits.' })
  declare txid: string;

  @Field(() => Int, {
    description:
      'Place of its event log in the transaction, from 0; -1 is the transaction’s own transfer, -2 and below what a contract sent within.',
  })
  declare logIndex: number;

  @Field(() => AddressScalar, { description: 'The watched address that it went to.' })
  declare address: string;

  @Field(() => AddressScalar, { nullable: true, description: 'Who sent it.' })
  declare sender: string | null;

  @Field(() => Money, {
    nullable: true,
    description: 'What came in; null for a token that the desk does not take.',
  })
  declare money: Money | null;

  @Field(() => ForeignToken, {
    nullable: true,
    description: 'A token that the desk does not take; null for money.',
  })
  declare token: ForeignToken | null;

  @Field(() => String, { nullable: true, description: 'What its sender wrote beside it.' })
  declare memo: string | null;

  @Field(() => Boolean, { description: 'Whether a contract sent it.' })
  declare fromContract: boolean;

  @Field(() => Int, { description: 'Height of its block.' })
  declare block: number;

  @Field(() => DateTime, { description: 'Chain time of its block.' })
  declare at: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Chain time at which a SEEN one will be solid, as estimated; null in other states.',
  })
  declare expectedAt: Date | null;

  @Field(() => MatchedByEnum, {
    nullable: true,
    description: 'How its user is known; of a SEEN one a forecast. Null where nobody is.',
  })
  declare matchedBy: MatchedBy | null;

  @Field(() => UnclaimedReasonEnum, {
    nullable: true,
    description: 'Why it was not credited by rule; null where it was.',
  })
  declare reason: UnclaimedReason | null;

  @Field(() => DateTime, { description: 'When the desk first saw it, by the database’s clock.' })
  declare firstSeenAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was last credited or put on the desk, by the database’s clock.',
  })
  declare settledAt: Date | null;

  /** Not in the schema. */
  declare row: DepositRow;
}

/** A stored deposit as callers see it. */
export function depositOf(row: DepositRow): Deposit {
  const { currency, amount, token, tokenAmount } = row;
  return {
    ...row,
    row,
    money: currency === null || amount === null ? null : { amount, currency },
    token: token === null ? null : { contract: token, amount: tokenAmount ?? '0' },
    expectedAt: row.state === 'SEEN' ? row.expectedAt : null,
  };
}

@ObjectType({ description: 'A user whose deposit it may be.' })
export class DepositSuggestion {
  @Field(() => MatchedByEnum, { description: 'Why one may think so.' })
  declare why: MatchedBy;

  /** Not in the schema: see `user` and `request`. */
  declare userId: string;
  declare intentId: string | null;
}

@ObjectType({ description: 'What a user got of a deposit.' })
export class DepositShare {
  @Field(() => Money, { description: 'How much.' })
  declare money: Money;

  /** Not in the schema: see `user`. */
  declare userId: string;
}

@ObjectType({ description: 'What a person decided about an unclaimed deposit.' })
export class DepositDecision {
  @Field(() => ID, { description: 'Id of the decision.' })
  declare id: string;

  @Field(() => DecisionKindEnum, { description: 'What.' })
  declare kind: DecisionRow['kind'];

  @Field(() => [DepositShare], { description: 'Who got what; empty where nobody did.' })
  declare shares: readonly DepositShare[];

  @Field(() => String, { description: 'Why, as it was given.' })
  declare reason: string;

  @Field(() => ActorType, { description: 'Who.' })
  declare actor: ActorType;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;
}

@ObjectType({ description: 'A deposit in a list.' })
export class DepositEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Deposit, { description: 'The deposit.' })
  declare node: Deposit;
}

@ObjectType({ description: 'One page of deposits, the newest first.' })
export class DepositConnection {
  @Field(() => [DepositEdge], { description: 'The page’s deposits in order.' })
  declare edges: readonly DepositEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'A deposit was seen, credited, put on the desk, or decided about.' })
export class DepositChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;

  /** Not in the schema: see `deposit`. */
  declare depositId: string;
}

@ObjectType({ description: 'Where a user pays to.' })
export class DepositAddress {
  @Field(() => AddressScalar, { description: 'The address, for TRX and USDT (TRC-20).' })
  declare address: string;

  @Field(() => Boolean, {
    description:
      'Whether it is the user’s own: then any amount says who paid. Otherwise ask for a deposit with `requestDeposit`, or write `memo`.',
  })
  declare own: boolean;

  @Field(() => String, {
    description: 'A memo that names the user, for wallets that can send one.',
  })
  declare memo: string;

  @Field(() => Money, { description: 'The smallest TRX deposit that is credited by itself.' })
  declare minimumTrx: Money;

  @Field(() => Money, { description: 'The smallest USDT deposit that is credited by itself.' })
  declare minimumUsdt: Money;

  @Field(() => String, {
    description: 'What is kept of a mistaken deposit that is sent back, in percent: "10".',
  })
  declare returnFeePercent: string;
}

@ObjectType({ description: 'An address and an exact amount that say who paid.' })
export class DepositRequest {
  @Field(() => ID, { description: 'Id of the request.' })
  declare id: string;

  @Field(() => IntentStateEnum, { description: 'How far it has come.' })
  declare state: IntentState;

  @Field(() => AddressScalar, { description: 'Where to pay to.' })
  declare address: string;

  @Field(() => Money, {
    description: 'Exactly what to pay: its last digits tell it from all others.',
  })
  declare money: Money;

  @Field(() => Money, { description: 'What was asked for.' })
  declare asked: Money;

  @Field(() => String, { description: 'A memo that names this request.' })
  declare memo: string;

  @Field(() => DateTime, {
    description: 'Chain time by which the payment has to be in a block; what comes later waits.',
  })
  declare expiresAt: Date;

  @Field(() => DateTime, {
    description: 'Chain time until which nobody else is given this amount.',
  })
  declare reservedUntil: Date;

  @Field(() => String, { description: 'What to pay, where and until when, for people: Chinese.' })
  declare paymentText: string;

  @Field(() => String, { description: 'The same in English.' })
  declare paymentTextEnglish: string;

  /** Not in the schema: see `user`, `deposit` and `qrPayload`. */
  declare row: RequestRow;
}

/** A stored request as callers see it. */
export function requestOf(row: RequestRow): DepositRequest {
  const { currency, amount, asked } = row;
  const { zh, en } = paymentTexts(row);
  return {
    ...row,
    row,
    money: { amount, currency },
    asked: { amount: asked, currency },
    memo: row.code,
    paymentText: zh,
    paymentTextEnglish: en,
  };
}

@ObjectType({ description: 'Transfers to a watched address that are no deposits, by chain day.' })
export class IgnoredTransfers {
  @Field(() => String, { description: 'The day in UTC: "2026-11-22".' })
  declare day: string;

  @Field(() => AddressScalar, { description: 'The watched address.' })
  declare address: string;

  @Field(() => IgnoredWhyEnum, { description: 'Why they are no deposits.' })
  declare why: IgnoredWhy;

  @Field(() => String, { description: 'TRX, USDT or a token’s contract.' })
  declare asset: string;

  @Field(() => Int, { description: 'How many.' })
  declare transfers: number;

  @Field(() => String, { description: 'What they moved together, in the asset’s smallest unit.' })
  declare amount: string;
}
