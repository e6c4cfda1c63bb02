import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { clientOf } from '../access/caller.ts';
import type { DeskContext } from '../graphql/context.ts';
import { trx } from '../graphql/money.graphql.ts';
import { RefusedBySafeMode } from '../safety/safety.errors.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { parseUserRef } from '../users/user-ref.ts';
import { priceOrder } from './price-order.ts';
import { Offer, Quote, QuoteInput } from './pricing.graphql.ts';

/** What the desk could deliver at this moment. */
export interface Supply {
  /** The largest order that the pool can deliver; 0 while nothing is sold. May be seconds old. */
  deliverable(): Promise<bigint>;
  /** Why safe mode refuses orders; undefined while it does not. May be a second old. */
  refusal?(): Promise<string | undefined>;
}

const QUOTE_LASTS_MS = 60_000;

@Resolver(() => Quote)
export class PricingResolver {
  readonly #settings: SettingsStore;
  readonly #supply: Supply;

  constructor(settings: SettingsStore, supply: Supply) {
    this.#settings = settings;
    this.#supply = supply;
  }

  @Query(() => Quote, {
    description: 'What an order would cost now, and why. Changes nothing.',
  })
  async quote(
    @Arg('input', () => QuoteInput, { description: 'What is wanted.' }) input: QuoteInput,
    @Ctx() { caller, now }: DeskContext,
  ): Promise<Quote> {
    const refusal = await this.#supply.refusal?.();
    if (refusal !== undefined) throw new RefusedBySafeMode(refusal);
    if (input.user) parseUserRef(input.user, clientOf(caller));
    const { version, values } = await this.#settings.current();
    const { priceSun, pricePerEnergy, explanation, duration } = priceOrder(values, input);
    return {
      id: `${version.toString()}-${duration.code}-${input.energy.toString()}`,
      energy: input.energy,
      duration: duration.code,
      receiver: input.receiver ?? null,
      price: trx(priceSun),
      pricePerEnergy,
      explanation,
      available: values['sales.open'] && (await this.#supply.deliverable()) >= input.energy,
      validUntil: new Date(now.getTime() + QUOTE_LASTS_MS),
    };
  }

  @Query(() => Offer, { description: 'The durations and sizes that the desk sells.' })
  async offer(): Promise<Offer> {
    const { values } = await this.#settings.current();
    return {
      durations: values['orders.durations'],
      minEnergy: values['orders.minEnergy'],
      maxEnergy: values['orders.maxEnergy'],
      depositAddress: null,
    };
  }
}
