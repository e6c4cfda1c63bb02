import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { CurrencyEnum, Money } from '../graphql/money.graphql.ts';
import { Amount, DateTime } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import type { Currency } from '../kernel/money.ts';
import { UserRefType } from '../users/user.graphql.ts';
import type { ConversionRow } from './conversion-rows.ts';
import type { JudgedSource, RateOutcome } from './judge-quotes.ts';
import { formatPrice, sunPerUsdt } from './price.ts';
import { type RateQuarter, type RateRow, sourcesOf } from './rate-rows.ts';

const RateOutcomeEnum = enumeration<RateOutcome>(
  'RateOutcome',
  'What came of asking the exchanges.',
  {
    GOOD: 'Enough of them agree: the rate is believed.',
    TOO_FEW: 'Too few gave a usable price. The last rate is used until it is too old.',
    DISAGREE: 'Their prices are too far apart. Nothing is converted.',
    JUMPED: 'The rate moved too far at once. Nothing is converted for a while.',
  },
);

@ObjectType({ description: 'What one exchange said of the price of TRX.' })
export class RateSource {
  @Field(() => String, { description: 'Its name.' })
  declare name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its best bid in USDT for one TRX, with up to 12 places; null when it gave none.',
  })
  declare bid: string | null;

  @Field(() => String, { nullable: true, description: 'Its best ask, likewise.' })
  declare ask: string | null;

  @Field(() => Boolean, { description: 'Whether the rate is made of it.' })
  declare used: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was left out; null when it was not.',
  })
  declare why: string | null;
}

@ObjectType({ description: 'One round of asking the exchanges.' })
export class RateRound {
  @Field(() => ID, { description: 'Number of the round.' })
  declare id: string;

  @Field(() => RateOutcomeEnum, { description: 'What came of it.' })
  declare outcome: RateOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'USDT for one TRX, with up to 12 places: the median; null when too few agree.',
  })
  declare usdtPerTrx: string | null;

  @Field(() => Amount, {
    nullable: true,
    description: 'TRX for one USDT, rounded down; null when too few agree.',
  })
  declare trxPerUsdt: bigint | null;

  @Field(() => String, { nullable: true, description: 'What is wrong with it; null when nothing.' })
  declare problem: string | null;

  @Field(() => [RateSource], { description: 'Every exchange that was asked.' })
  declare sources: RateSource[];

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;
}

@ObjectType({ description: 'The rate between TRX and USDT, and whether it can be converted by.' })
export class ExchangeRate {
  @Field(() => Boolean, { description: 'Whether conversions are possible now.' })
  declare usable: boolean;

  @Field(() => String, { nullable: true, description: 'Why they are not; null when they are.' })
  declare problem: string | null;

  @Field(() => RateRound, {
    nullable: true,
    description: 'The rate that conversions use now; null when none is.',
  })
  declare rate: RateRound | null;

  @Field(() => RateRound, {
    nullable: true,
    description: 'The last round, whatever came of it; null before the first.',
  })
  declare last: RateRound | null;

  @Field(() => Int, { description: 'What the desk keeps of a conversion, in 1/1000.' })
  declare spreadPerMille: number;

  @Field(() => Amount, {
    nullable: true,
    description: 'TRX that a user gets for one USDT, the spread taken off; null without a rate.',
  })
  declare trxForOneUsdt: bigint | null;

  @Field(() => Amount, {
    nullable: true,
    description: 'USDT that a user gets for one TRX, the spread taken off; null without a rate.',
  })
  declare usdtForOneTrx: bigint | null;
}

@ObjectType('RateQuarter', {
  description: 'What became of the rate within a quarter of an hour.',
})
export class RateQuarterType {
  @Field(() => DateTime, { description: 'When the quarter begins.' })
  declare at: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The last believed rate in USDT for one TRX, up to 12 places; null without any.',
  })
  declare last: string | null;

  @Field(() => String, { nullable: true, description: 'The lowest, likewise.' })
  declare low: string | null;

  @Field(() => String, { nullable: true, description: 'The highest, likewise.' })
  declare high: string | null;

  @Field(() => Int, { description: 'How many rounds gave no rate that is believed.' })
  declare refused: number;
}

@ObjectType({ description: 'A round in a list.' })
export class RateRoundEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => RateRound, { description: 'The round.' })
  declare node: RateRound;
}

@ObjectType({ description: 'One page of rounds, the newest first.' })
export class RateRoundConnection {
  @Field(() => [RateRoundEdge], { description: 'The page’s rounds in order.' })
  declare edges: readonly RateRoundEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'What a conversion would give at the rate of now; it binds nobody.' })
export class ConversionQuote {
  @Field(() => Money, { description: 'What is given.' })
  declare amount: Money;

  @Field(() => Money, { description: 'What is got, rounded down.' })
  declare received: Money;

  @Field(() => RateRound, { description: 'The rate.' })
  declare rate: RateRound;
}

@ObjectType({ description: 'Money of a user that was turned into the other currency.' })
export class Conversion {
  @Field(() => ID, { description: 'The desk’s id of it.' })
  declare id: string;

  @Field(() => Money, { description: 'What the user gave.' })
  declare amount: Money;

  @Field(() => Money, { description: 'What the user got, rounded down.' })
  declare received: Money;

  @Field(() => String, { description: 'The rate: USDT for one TRX, with up to 12 places.' })
  declare usdtPerTrx: string;

  @Field(() => [RateSource], { description: 'What the rate was made of.' })
  declare sources: RateSource[];

  @Field(() => Int, { description: 'What the desk kept, in 1/1000.' })
  declare spreadPerMille: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The deposit that it followed by rule; null when somebody asked for it.',
  })
  declare creditOf: string | null;

  @Field(() => ActorType, { description: 'Who converted.' })
  declare actor: ActorType;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;

  declare userId: string;
}

@InputType({ description: 'A conversion between the balances of a user.' })
export class ConvertBalanceInput {
  @Field(() => UserRefType, { description: 'Whose balance.' })
  declare user: UserRefType;

  @Field(() => CurrencyEnum, { description: 'What is given.' })
  declare from: Currency;

  @Field(() => CurrencyEnum, { description: 'What is wanted; the other one.' })
  declare to: Currency;

  @Field(() => Amount, { description: 'How much is given.' })
  declare amount: bigint;

  @Field(() => Amount, {
    nullable: true,
    description: 'RATE_CHANGED when it would give less than this; any rate is taken when absent.',
  })
  declare minReceived?: bigint | null;

  @Field(() => String, {
    description:
      'Of your choice, 1 to 128 characters: the same with the same content converts once.',
  })
  declare clientId: string;
}

/** A round as callers see it. */
export function roundOf(row: Omit<RateRow, 'outcome' | 'problem'> & Partial<RateRow>): RateRound {
  const { id, pricePico, sources, at, outcome = 'GOOD', problem = null } = row;
  return {
    id: id.toString(),
    outcome,
    problem,
    at,
    usdtPerTrx: pricePico === null ? null : formatPrice(pricePico),
    trxPerUsdt: pricePico === null ? null : sunPerUsdt(pricePico),
    sources: sourcesOf(sources).map(shown),
  };
}

/** A quarter of an hour as callers see it. */
export function quarterOf({ at, refused, ...prices }: RateQuarter): RateQuarterType {
  const text = (price: bigint | null): string | null =>
    price === null ? null : formatPrice(price);
  return {
    at,
    last: text(prices.last),
    low: text(prices.low),
    high: text(prices.high),
    refused,
  };
}

/** A conversion as callers see it. */
export function conversionOf(row: ConversionRow): Conversion {
  const { id, userId, from, to, amountFrom, amountTo, pricePico, spreadPerMille } = row;
  return {
    id,
    userId,
    amount: { amount: amountFrom, currency: from },
    received: { amount: amountTo, currency: to },
    usdtPerTrx: formatPrice(pricePico),
    sources: sourcesOf(row.sources).map(shown),
    spreadPerMille,
    creditOf: row.creditOf,
    actor: parseActor(row.actorText),
    at: row.at,
  };
}

function shown({ source, bid, ask, used, why }: JudgedSource): RateSource {
  const text = (price: bigint | null): string | null =>
    price === null ? null : formatPrice(price);
  return { name: source, bid: text(bid), ask: text(ask), used, why };
}
