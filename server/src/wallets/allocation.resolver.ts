import { Arg, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Energy } from '../graphql/scalars.ts';
import { largest, sum } from '../kernel/money.ts';
import { energyOfStake } from '../chain/resource-maths.ts';
import { allocate, type Choice, deliverableEnergy } from '../capacity/allocate.ts';
import type { AllocationStrategy } from '../capacity/allocation-strategies.ts';
import {
  AllocationPreview,
  AllocationStrategyEnum,
  ChoiceCodeEnum,
  LanguageEnum,
  WalletChoice,
} from './allocation.graphql.ts';
import { sellingWallets } from '../capacity/capacity.ts';
import {
  choiceCode,
  type ChoiceCode,
  explainChoice,
  type Language,
} from '../capacity/explain-choice.ts';
import { allocationTerms, reserveOf } from '../capacity/kept-back.ts';
import type { SalesParts } from './sales-parts.ts';

@Resolver(() => WalletChoice)
export class AllocationResolver {
  readonly #parts: SalesParts;

  constructor(parts: SalesParts) {
    this.#parts = parts;
  }

  @Query(() => AllocationPreview, {
    description:
      'A dry run: which wallets would deliver this much Energy now, with what stake, or how much is missing. Changes nothing and locks nothing; whether sales are open is not asked.',
  })
  async allocationPreview(
    @Arg('energy', () => Energy, { description: 'How much Energy.' }) energy: bigint,
    @Arg('strategy', () => AllocationStrategyEnum, {
      nullable: true,
      description: 'By which strategy; without it, by that of the setting wallets.allocation.',
    })
    strategy: AllocationStrategy | null | undefined,
  ): Promise<AllocationPreview> {
    const { database, settings, ratio } = this.#parts;
    const { values } = await settings.current();
    const present = await ratio();
    const selling = await sellingWallets(database.read());
    const wallets = selling(reserveOf(values));
    const terms = allocationTerms(values, present);
    const allocation = allocate(energy, wallets, {
      ...terms,
      strategy: strategy ?? terms.strategy,
    });
    const deliverable = deliverableEnergy(wallets, terms);
    return {
      possible: allocation !== undefined,
      choice: allocation?.choice ?? null,
      deliverable,
      shortBy: largest(0n, energy - deliverable),
      free: sum(wallets.map(({ freeSun }) => energyOfStake(freeSun, present))),
    };
  }

  @FieldResolver(() => ChoiceCodeEnum, { description: 'The rule that decided.' })
  code(@Root() choice: Choice): ChoiceCode {
    return choiceCode(choice);
  }

  @FieldResolver(() => String, { description: 'The choice in one sentence.' })
  sentence(
    @Root() choice: Choice,
    @Arg('language', () => LanguageEnum, { defaultValue: 'EN', description: 'In which language.' })
    language: Language,
  ): string {
    return explainChoice(choice, language);
  }
}
