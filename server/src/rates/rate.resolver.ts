import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import { Amount } from '../graphql/scalars.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { type Currency, formatAmount, UNIT } from '../kernel/money.ts';
import { LedgerEntry } from '../ledger/ledger.graphql.ts';
import { readSettings } from '../settings/read-settings.ts';
import { maySee, requireUser } from '../users/find-users.ts';
import { parseUserRef } from '../users/user-ref.ts';
import { UnknownUser } from '../users/user.errors.ts';
import { User, userOf } from '../users/user.graphql.ts';
import { CONVERSION, checkAmount, checkWay, convertBalance } from './convert-balance.ts';
import { rateStanding, requireRate } from './current-rate.ts';
import { converted } from './price.ts';
import { listRates, rateQuarters } from './rate-rows.ts';
import {
  Conversion,
  conversionOf,
  ConversionQuote,
  ConvertBalanceInput,
  ExchangeRate,
  quarterOf,
  RateQuarterType,
  RateRoundConnection,
  roundOf,
} from './rate.graphql.ts';

const MAX_HOURS = 72;

@Resolver(() => Conversion)
export class RateResolver {
  readonly #database: Database;
  readonly #ids: IdMaker;

  constructor(database: Database, ids: IdMaker) {
    this.#database = database;
    this.#ids = ids;
  }

  @Query(() => ExchangeRate, {
    description: 'The rate between TRX and USDT, what it is made of, and why it cannot be used.',
  })
  async exchangeRate(): Promise<ExchangeRate> {
    const em = this.#database.read();
    const { values } = await readSettings(em);
    const { rate, last, problem } = await rateStanding(em, values);
    const spreadPerMille = values['rates.spreadPerMille'];
    const gives = (from: Currency, to: Currency): bigint | null =>
      rate && converted(UNIT, { from, to }, rate.pricePico, spreadPerMille);
    return {
      usable: rate !== null,
      problem: rate ? null : (problem ?? 'No exchange was asked yet.'),
      rate: rate && roundOf(rate),
      last: last ? roundOf(last) : null,
      spreadPerMille,
      trxForOneUsdt: gives('USDT', 'TRX'),
      usdtForOneTrx: gives('TRX', 'USDT'),
    };
  }

  @Query(() => RateRoundConnection, {
    description: 'Every round of asking the exchanges, the newest first.',
  })
  async exchangeRates(
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<RateRoundConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !/^\d{1,18}$/.test(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const rows = await listRates(
      this.#database.read(),
      size,
      last === undefined ? null : BigInt(last),
    );
    return connectionOf(rows.map(roundOf), size, ({ id }) => encodeCursor(id), after);
  }

  @Query(() => [RateQuarterType], {
    description: 'The rate by quarters of an hour, the oldest first; those without a round too.',
  })
  async exchangeRateSeries(
    @Arg('hours', () => Int, { defaultValue: 24, description: 'How far back, 1 to 72 hours.' })
    hours: number,
  ): Promise<RateQuarterType[]> {
    if (hours < 1 || hours > MAX_HOURS) {
      throw new BadInput(`Ask for 1 to ${MAX_HOURS.toString()} hours.`, { field: 'hours' });
    }
    return (await rateQuarters(this.#database.read(), hours)).map(quarterOf);
  }

  @Query(() => ConversionQuote, {
    description: 'What a conversion would give now. RATE_UNAVAILABLE while there is no fresh rate.',
  })
  async conversionQuote(
    @Arg('from', () => CurrencyEnum, { description: 'What is given.' }) from: Currency,
    @Arg('to', () => CurrencyEnum, { description: 'What is wanted.' }) to: Currency,
    @Arg('amount', () => Amount, { description: 'How much is given.' }) amount: bigint,
  ): Promise<ConversionQuote> {
    checkWay(from, to);
    checkAmount(amount);
    const em = this.#database.read();
    const { values } = await readSettings(em);
    const rate = await requireRate(em, values);
    const received = converted(
      amount,
      { from, to },
      rate.pricePico,
      values['rates.spreadPerMille'],
    );
    return {
      amount: { amount, currency: from },
      received: { amount: received, currency: to },
      rate: roundOf(rate),
    };
  }

  @Mutation(() => Conversion, {
    description:
      'Turns a user’s money into the other currency at the rate of now. RATE_UNAVAILABLE while there is no fresh rate, RATE_CHANGED when it gives less than asked for.',
  })
  async convertBalance(
    @Arg('input', () => ConvertBalanceInput, { description: 'Whose, what, how much.' })
    input: ConvertBalanceInput,
    @Ctx() { caller, actor, audit }: DeskContext,
  ): Promise<Conversion> {
    const { from, to, amount, clientId, minReceived } = input;
    const user = await requireUser(
      this.#database.read(),
      parseUserRef(input.user, clientOf(caller)),
    );
    if (!maySee(clientScope(caller), user)) throw new UnknownUser();
    const row = await this.#database.transaction(
      actor,
      async (em) => {
        const made = await convertBalance(em, this.#ids, actor, {
          userId: user.id,
          from,
          to,
          amount,
          minReceived: minReceived ?? null,
          clientId,
        });
        await audit.record(
          em,
          'balance.convert',
          { kind: 'user', id: user.id },
          { conversionId: made.id, from, to, amount: formatAmount(amount) },
        );
        return made;
      },
      'balance converted',
    );
    return conversionOf(row);
  }

  @FieldResolver(() => User, { description: 'Whose money it was.' })
  async user(@Root() { userId }: Conversion, @Ctx() { loaders }: DeskContext): Promise<User> {
    const row = await loaders.user.load(userId);
    if (!row) throw new UnknownUser();
    return userOf(row);
  }
}

@Resolver(() => LedgerEntry)
export class EntryConversionResolver {
  @FieldResolver(() => Conversion, {
    nullable: true,
    description: 'The conversion that it was for; null when it was for something else.',
  })
  async conversion(
    @Root() { kind, reference }: LedgerEntry,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Conversion | null> {
    if (kind !== CONVERSION || !isUuid(reference)) return null;
    const row = await loaders.conversion.load(reference);
    return row && conversionOf(row);
  }
}
