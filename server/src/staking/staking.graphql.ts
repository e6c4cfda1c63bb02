import { Field, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, Amount, DateTime, Energy } from '../graphql/scalars.ts';
import { OperationVote } from '../operations/operation-details.graphql.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import type { StakingAction } from './advise-staking.ts';

const UnstakedResourceEnum = enumeration<'ENERGY' | 'BANDWIDTH' | 'TRON_POWER'>(
  'UnstakedResource',
  'What the stake had yielded.',
  { ENERGY: 'Energy.', BANDWIDTH: 'Bandwidth.', TRON_POWER: 'Voting power alone.' },
);

@ObjectType({ description: 'TRX on their way from stake back to the balance.' })
export class Unstaking {
  @Field(() => UnstakedResourceEnum, { description: 'What the stake had yielded.' })
  declare resource: 'ENERGY' | 'BANDWIDTH' | 'TRON_POWER';

  @Field(() => Amount, { description: 'TRX.' })
  declare amount: bigint;

  @Field(() => DateTime, { description: 'Chain time from which it can be withdrawn.' })
  declare at: Date;

  @Field(() => Boolean, { description: 'Whether it can be withdrawn now.' })
  declare matured: boolean;
}

@ObjectType({ description: 'What comes of a wallet’s stake and when, as last observed.' })
export class StakingCalendarEntry {
  @Field(() => Wallet, { description: 'The wallet.' })
  declare wallet: Wallet;

  @Field(() => [Unstaking], { description: 'What is being unstaked, the first to mature first.' })
  declare unstaking: readonly Unstaking[];

  @Field(() => Amount, { description: 'TRX that can be withdrawn now.' })
  declare withdrawable: bigint;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time at which the next unstaking matures; null when none is under way.',
  })
  declare nextWithdrawalAt: Date | null;

  @Field(() => Amount, { description: 'TRX of voting rewards that have come up so far.' })
  declare rewards: bigint;

  @Field(() => DateTime, { nullable: true, description: 'When rewards were last claimed.' })
  declare lastClaimAt: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time from which rewards can be claimed; null when they can be now.',
  })
  declare nextClaimAt: Date | null;

  @Field(() => String, { description: 'Whole TRX that may vote, a decimal.' })
  declare votingPower: string;

  @Field(() => [OperationVote], { description: 'The votes that count now.' })
  declare votes: readonly OperationVote[];

  @Field(() => Amount, { description: 'TRX staked for Energy, delegated or not.' })
  declare energyStake: bigint;

  @Field(() => Amount, { description: 'TRX staked for bandwidth, delegated or not.' })
  declare bandwidthStake: bigint;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time of the block it was last looked at; null before the first time.',
  })
  declare observedAt: Date | null;
}

@ObjectType({ description: 'What matures when, over all wallets of the pool.' })
export class StakingCalendar {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Time of the last solid block, which all is judged by; null before the first.',
  })
  declare chainTime: Date | null;

  @Field(() => [StakingCalendarEntry], { description: 'One for each wallet, the oldest first.' })
  declare entries: readonly StakingCalendarEntry[];
}

@ObjectType({ description: 'A super representative or a candidate, to vote for.' })
export class Witness {
  @Field(() => AddressScalar, { description: 'Its account.' })
  declare address: string;

  @Field(() => String, { description: 'Its site, as it says itself; empty when it says none.' })
  declare url: string;

  @Field(() => String, { description: 'Votes at the last count, whole TRX, a decimal.' })
  declare votes: string;

  @Field(() => Boolean, { description: 'Whether it makes blocks now.' })
  declare active: boolean;
}

const StakingActionEnum = enumeration<StakingAction>(
  'StakingAction',
  'What the staking advice says.',
  {
    STAKE_MORE: 'Stake `amount` more.',
    UNSTAKE: 'Up to `amount` could be unstaked.',
    KEEP: 'The stake fits the demand.',
    NO_DATA: 'Nothing was rented in the period, so there is nothing to go by.',
  },
);

@ObjectType({ description: 'How much to stake for the demand seen, and the figures that say so.' })
export class StakingAdvice {
  @Field(() => StakingActionEnum, { description: 'What to do.' })
  declare action: StakingAction;

  @Field(() => Amount, { description: 'TRX to stake or unstake; 0 for KEEP and NO_DATA.' })
  declare amount: bigint;

  @Field(() => DateTime, { description: 'Begin of the period looked at.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'Its end: now.' })
  declare to: Date;

  @Field(() => Int, { description: 'Rentals that ran in the period.' })
  declare rentals: number;

  @Field(() => Energy, {
    description:
      'The most that was rented at the same time. Orders refused for want of stock leave nothing behind: the true demand may be higher.',
  })
  declare peakEnergy: bigint;

  @Field(() => DateTime, { nullable: true, description: 'When; null without rentals.' })
  declare peakAt: Date | null;

  @Field(() => Energy, { description: 'What was rented on average over the period.' })
  declare meanEnergy: bigint;

  @Field(() => Int, { description: 'Orders of the period that could not be delivered in time.' })
  declare failedOrders: number;

  @Field(() => Int, { description: 'Per cent above the peak that shall be there.' })
  declare marginPercent: number;

  @Field(() => Energy, { description: 'Peak and margin: Energy a day that there shall be.' })
  declare neededEnergy: bigint;

  @Field(() => Amount, { description: 'TRX of stake that yield it at the chain’s present ratio.' })
  declare neededStake: bigint;

  @Field(() => Amount, { description: 'TRX staked for Energy by wallets that are ACTIVE.' })
  declare staked: bigint;

  @Field(() => Energy, { description: 'What they yield a day.' })
  declare stakedEnergy: bigint;

  @Field(() => Amount, { description: 'TRX of it promised to nobody and not recovering.' })
  declare free: bigint;
}
