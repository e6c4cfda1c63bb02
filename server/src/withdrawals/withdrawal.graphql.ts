import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { CurrencyEnum, Money } from '../graphql/money.graphql.ts';
import { AddressScalar, Amount, DateTime, Txid } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { UserRefType } from '../users/user.graphql.ts';
import type { WithdrawalOrigin, WithdrawalRow } from './withdrawal-rows.ts';
import type { WithdrawalState } from './withdrawal-states.ts';

export const WithdrawalStateEnum = enumeration<WithdrawalState>(
  'WithdrawalState',
  'How far a withdrawal is. The money is held from the first state on.',
  {
    REQUESTED: 'Passes the delay of an address that is new for the user.',
    WAITING: 'Waits for somebody of FINANCE; `waitsBecause` says why.',
    APPROVED: 'Is sent as soon as the payout wallet can pay it, and not before `notBefore`.',
    SENDING: 'With the engine: a transaction is made or on its way.',
    SENT: 'In a block, which a fork may still take away.',
    SETTLED: 'Final: the block is solid and the money is gone.',
    REJECTED: 'Called back or refused by a person; the money is given back.',
    FAILED: 'No transaction landed, and none can any more; the money is given back.',
  },
);

const WithdrawalOriginEnum = enumeration<WithdrawalOrigin>(
  'WithdrawalOrigin',
  'What a withdrawal came from.',
  {
    USER: 'A user takes out what is theirs.',
    DEPOSIT_RETURN: 'An unclaimed deposit goes back to whom it came from.',
  },
);

@ObjectType({ description: 'A payment out of the desk, from the request to the solid block.' })
export class Withdrawal {
  @Field(() => ID, { description: 'The desk’s id of it.' })
  declare id: string;

  @Field(() => WithdrawalStateEnum, { description: 'How far it is.' })
  declare state: WithdrawalState;

  @Field(() => WithdrawalOriginEnum, { description: 'What it came from.' })
  declare origin: WithdrawalOrigin;

  @Field(() => Money, { description: 'What leaves the balance, fee included.' })
  declare amount: Money;

  @Field(() => Money, { description: 'What the desk keeps of it.' })
  declare fee: Money;

  @Field(() => Money, {
    description:
      'The part of the fee for an address that did not exist on chain: it costs the desk as much.',
  })
  declare activationFee: Money;

  @Field(() => Money, { description: 'What is sent to the address.' })
  declare received: Money;

  @Field(() => AddressScalar, { description: 'Where it is sent to.' })
  declare address: Address;

  @Field(() => String, { nullable: true, description: 'What who asked for it said.' })
  declare reason: string | null;

  @Field(() => String, { nullable: true, description: 'Why a person has, or had, to agree.' })
  declare waitsBecause: string | null;

  @Field(() => DateTime, { description: 'Nothing is sent before, by the database’s clock.' })
  declare notBefore: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it cannot be sent at the moment, or why it failed; null when nothing is wrong.',
  })
  declare problem: string | null;

  @Field(() => Txid, {
    nullable: true,
    description: 'The transaction that pays it; null until it is in a block.',
  })
  declare txid: string | null;

  @Field(() => ActorType, { description: 'Who asked for it.' })
  declare requestedBy: ActorType;

  @Field(() => ActorType, {
    nullable: true,
    description: 'Who approved, refused or called it back; null when nobody did.',
  })
  declare decidedBy: ActorType | null;

  @Field(() => String, { nullable: true, description: 'What they said.' })
  declare decisionReason: string | null;

  @Field(() => DateTime, { description: 'When it was asked for, by the database’s clock.' })
  declare requestedAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was settled, rejected or failed; null before.',
  })
  declare endedAt: Date | null;

  declare userId: string | null;
  declare operationId: string | null;
}

@ObjectType({ description: 'A withdrawal in a list.' })
export class WithdrawalEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Withdrawal, { description: 'The withdrawal.' })
  declare node: Withdrawal;
}

@ObjectType({ description: 'One page of withdrawals, the newest first.' })
export class WithdrawalConnection {
  @Field(() => [WithdrawalEdge], { description: 'The page’s withdrawals in order.' })
  declare edges: readonly WithdrawalEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'A withdrawal that has changed.' })
export class WithdrawalChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;

  /** Not in the schema: see `withdrawal`. */
  declare withdrawalId: string;
}

@ObjectType({
  description: 'What withdrawals of a currency cost and how large they may be, in that currency.',
})
export class WithdrawalTerms {
  @Field(() => Boolean, { description: 'Whether withdrawals can be asked for.' })
  declare open: boolean;

  @Field(() => Amount, { description: 'The smallest, fee included.' })
  declare minimum: bigint;

  @Field(() => Amount, { description: 'The largest at once, fee included.' })
  declare maximum: bigint;

  @Field(() => Amount, { description: 'What one user may withdraw within 24 hours.' })
  declare dailyLimit: bigint;

  @Field(() => Amount, { description: 'What the desk keeps of each.' })
  declare fee: bigint;

  @Field(() => Amount, {
    description:
      'What is kept in addition when the address does not exist on chain yet; nothing for USDT.',
  })
  declare activationFee: bigint;

  @Field(() => Amount, { description: 'Above this somebody of FINANCE has to agree.' })
  declare approvalAbove: bigint;

  @Field(() => Number, { description: 'Seconds that an address waits which is new for the user.' })
  declare newAddressSeconds: number;
}

@InputType({ description: 'A payment to a user.' })
export class WithdrawInput {
  @Field(() => UserRefType, { description: 'Whose money.' })
  declare user: UserRefType;

  @Field(() => CurrencyEnum, {
    description: 'Which of the user’s balances; it is paid in the same currency.',
  })
  declare currency: Currency;

  @Field(() => Amount, { description: 'What leaves the balance; the fee is taken off it.' })
  declare amount: bigint;

  @Field(() => AddressScalar, { description: 'Where to; no contract and none of the desk’s own.' })
  declare address: Address;

  @Field(() => String, { nullable: true, description: 'For the statement, up to 500 characters.' })
  declare reason?: string | null;

  @Field(() => String, {
    description:
      'Of your choice, 1 to 128 characters: the same with the same content is the same withdrawal.',
  })
  declare clientId: string;
}

@InputType({ description: 'What a person decides about a withdrawal.' })
export class DecideWithdrawalInput {
  @Field(() => ID, { description: 'Which.' })
  declare id: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters.' })
  declare reason: string;
}

@InputType({ description: 'All conditions that are given must hold.' })
export class WithdrawalFilter {
  @Field(() => [WithdrawalStateEnum], { nullable: true, description: 'In one of these states.' })
  declare states?: WithdrawalState[] | null;

  @Field(() => UserRefType, { nullable: true, description: 'Of this user.' })
  declare user?: UserRefType | null;
}

/** A withdrawal as callers see it. */
export function withdrawalOf(row: WithdrawalRow): Withdrawal {
  const { currency, gross, fee, activationFee, requester, decidedBy, ...rest } = row;
  const money = (amount: bigint): Money => ({ amount, currency });
  return {
    ...rest,
    amount: money(gross),
    fee: money(fee),
    activationFee: money(activationFee),
    received: money(gross - fee),
    requestedBy: parseActor(requester),
    decidedBy: decidedBy === null ? null : parseActor(decidedBy),
  };
}
