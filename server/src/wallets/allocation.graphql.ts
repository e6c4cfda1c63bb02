import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { DateTime, Energy, Sun } from '../graphql/scalars.ts';
import type { Choice } from '../capacity/allocate.ts';
import type { AllocationStrategy } from '../capacity/allocation-strategies.ts';
import type { ChoiceCode, Language, Occasion } from '../capacity/explain-choice.ts';

export const AllocationStrategyEnum = enumeration<AllocationStrategy>(
  'AllocationStrategy',
  'How the wallets that deliver an order are chosen: the setting wallets.allocation. One wallet delivers all wherever one can; never more of them share an order than needed.',
  {
    BEST_FIT:
      'One: the one that is left with the least. Several: the largest give all that they have, and the last is the one that is left with the least.',
    FEWEST_SLICES:
      'One: the one that is left with the least. Several: the smallest that do it in as few slices, so that the largest stay whole for large orders.',
    SPREAD:
      'One: the one that is left with the largest part of its stake. Several: the largest, each left with the same part of its stake.',
  },
);

export const LanguageEnum = enumeration<Language>('Language', 'The language of a sentence.', {
  EN: 'English.',
  ZH: 'Simplified Chinese.',
});

export const ChoiceCodeEnum = enumeration<ChoiceCode>(
  'WalletChoiceCode',
  'The rule that decided, for programs that phrase it themselves.',
  {
    BEST_FIT_ONE: 'BEST_FIT, and one wallet delivers all: the one that is left with the least.',
    BEST_FIT_SEVERAL: 'BEST_FIT, and none has enough alone: the largest are emptied.',
    FEWEST_SLICES_ONE:
      'FEWEST_SLICES, and one wallet delivers all: the one that is left with the least.',
    FEWEST_SLICES_SEVERAL: 'FEWEST_SLICES, and none has enough alone: the smallest that do it.',
    SPREAD_ONE: 'SPREAD, and one wallet delivers all: the one with the most of its stake free.',
    SPREAD_SEVERAL: 'SPREAD, and none has enough alone: each is left with the same part.',
  },
);

const OccasionEnum = enumeration<Occasion>('WalletChoiceOccasion', 'When wallets are chosen.', {
  PLACED: 'At the placing of the order.',
  TAKEN_OVER: 'For a part that its first wallet did not deliver.',
  TRIED_AGAIN: 'When somebody tried an order again that had failed.',
});

@ObjectType({ description: 'A wallet that was chosen, and what it contributes.' })
export class ChosenWallet {
  @Field(() => ID, { description: 'Id of the wallet.' })
  declare walletId: string;

  @Field(() => String, { description: 'What operators called it then.' })
  declare label: string;

  @Field(() => Energy, { description: 'The Energy that it delivers.' })
  declare energy: bigint;

  @Field(() => Sun, { description: 'The stake that it delegates for it, in sun.' })
  declare stakeSun: bigint;

  @Field(() => Sun, {
    description: 'What it had free before, in sun: promised to nobody and not kept back.',
  })
  declare freeSun: bigint;
}

@ObjectType({ description: 'How wallets were, or would be, chosen: as it was decided then.' })
export class WalletChoice implements Choice {
  @Field(() => OccasionEnum, {
    nullable: true,
    description: 'What made the choice necessary; null in a preview.',
  })
  declare occasion?: Occasion | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When, by the database’s clock; null in a preview.',
  })
  declare at?: Date | null;

  @Field(() => AllocationStrategyEnum, { description: 'By which strategy.' })
  declare strategy: AllocationStrategy;

  @Field(() => Energy, { description: 'How much Energy was to be delivered.' })
  declare energy: bigint;

  @Field(() => Int, { description: 'How many wallets were selling.' })
  declare candidates: number;

  @Field(() => Int, { description: 'How many of them could have delivered all of it alone.' })
  declare sufficient: number;

  @Field(() => [ChosenWallet], { description: 'The wallets, in the order of the slices.' })
  declare chosen: readonly ChosenWallet[];
}

@ObjectType({
  description:
    'What would deliver this much Energy at this moment. Nothing was changed, held or locked: a moment later it may be otherwise.',
})
export class AllocationPreview {
  @Field(() => Boolean, { description: 'Whether the pool can deliver it in one order.' })
  declare possible: boolean;

  @Field(() => WalletChoice, {
    nullable: true,
    description: 'The wallets; null when it cannot.',
  })
  declare choice: Choice | null;

  @Field(() => Energy, {
    description:
      'The largest order that the pool can deliver now, by any strategy: the wallets with the most free, 8 at most.',
  })
  declare deliverable: bigint;

  @Field(() => Energy, { description: 'How much the order is too large; 0 when it is possible.' })
  declare shortBy: bigint;

  @Field(() => Energy, {
    description: 'Free Energy of all wallets that sell, which one order may not reach together.',
  })
  declare free: bigint;
}
