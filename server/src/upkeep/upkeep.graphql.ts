import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Amount, DateTime } from '../graphql/scalars.ts';

@ObjectType({
  description: 'TRX that the treasury wallet sends, or sent, to a wallet for its fees.',
})
export class TopUp {
  /** Of the transfer; not in the schema. */
  declare operationId: string;

  /** The wallet that gets it; not in the schema. */
  declare walletId: string;

  @Field(() => Amount, { description: 'TRX.' })
  declare amount: bigint;

  @Field(() => Boolean, { description: 'Whether the rule made it; otherwise an operator did.' })
  declare byRule: boolean;

  @Field(() => DateTime, { description: 'When it was intended.' })
  declare requestedAt: Date;
}

@ObjectType({ description: 'A wallet as the upkeep looks at it.' })
export class UpkeepWallet {
  /** Not in the schema. */
  declare walletId: string;

  /** Of the top-up that is on its way; not in the schema. */
  declare openOperation: string | null;

  @Field(() => Amount, { description: 'TRX that are not staked, from the solid view.' })
  declare balance: bigint;

  @Field(() => Boolean, { description: 'Whether its TRX are below what is low.' })
  declare isLow: boolean;

  @Field(() => Int, { description: 'Bytes of bandwidth left, free and staked together.' })
  declare bandwidth: number;

  @Field(() => Boolean, { description: 'Whether its bandwidth is below what is low.' })
  declare bandwidthIsLow: boolean;
}

@ObjectType({
  description:
    'The gas station: wallets that run low of TRX for the fees of their transactions are topped up from a treasury wallet of the pool.',
})
export class Upkeep {
  /** Null where none is set, or it is not in the pool; not in the schema. */
  declare treasuryId: string | null;

  @Field(() => Boolean, { description: 'Whether wallets are topped up by themselves.' })
  declare enabled: boolean;

  @Field(() => Amount, { description: 'TRX that no top-up takes from the treasury wallet.' })
  declare treasuryMinimum: bigint;

  @Field(() => Amount, { description: 'Below this many TRX a wallet is topped up.' })
  declare low: bigint;

  @Field(() => Amount, { description: 'TRX that it is topped up to.' })
  declare target: bigint;

  @Field(() => Int, { description: 'Bytes of bandwidth below which a wallet is shown as low.' })
  declare bandwidthLow: number;

  @Field(() => Amount, {
    description: 'TRX of the top-ups of this day (UTC) that landed or may land.',
  })
  declare spentToday: bigint;

  @Field(() => Amount, { description: 'The most that they may add up to.' })
  declare dailyLimit: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'Why a wallet goes without, or the treasury is low; null while all is well.',
  })
  declare problem: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when.' })
  declare problemSince: Date | null;

  @Field(() => [UpkeepWallet], {
    description: 'Every wallet that was looked at, but the treasury.',
  })
  declare wallets: readonly UpkeepWallet[];
}

@InputType({ description: 'TRX from the treasury wallet for another wallet of the pool.' })
export class TopUpWalletInput {
  @Field(() => ID, { description: 'Which wallet gets them.' })
  declare walletId: string;

  @Field(() => Amount, { description: 'TRX, above 0.' })
  declare amount: bigint;

  @Field(() => String, {
    description: 'Yours, 1 to 100 characters: the same with the same content is done once.',
  })
  declare clientId: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; kept with the operation.' })
  declare reason: string;
}
