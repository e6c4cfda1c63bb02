import type { Database } from '../database/database.ts';
import { databaseTime } from '../database/database-time.ts';
import { execute, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { Loop } from '../kernel/loop.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { ExchangeClient } from './ask-exchange.ts';
import { builtInQuotes } from './built-in-rate.ts';
import { KNOWN_EXCHANGES } from './exchanges.ts';
import { judgeQuotes, type NoQuote, type Quote } from './judge-quotes.ts';
import { keepRate, lastGoodRate } from './rate-rows.ts';

export interface RateKeeperParts {
  readonly database: Database;
  readonly clock: Clock;
  /** The local network has no exchanges: unless some are set, a built-in rate stands for them. */
  readonly local: boolean;
  readonly report: (error: unknown) => void;
  /** Of each question. */
  readonly timeoutMs?: number;
}

const keeper = system('rates');
const AFTER_ERROR_MS = 5_000;
/** Old rows that one round removes. */
const PRUNED = 1_000;

/** Keeps the rate fresh: asks every exchange outside of any transaction and writes down what they said. */
export class RateKeeper {
  readonly #parts: RateKeeperParts;
  readonly #client: ExchangeClient;
  readonly #loop: Loop;

  constructor(parts: RateKeeperParts) {
    this.#parts = parts;
    const { clock, local, timeoutMs } = parts;
    this.#client = new ExchangeClient({
      clock,
      privateToo: local,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    this.#loop = new Loop(clock, async () => {
      try {
        return await this.#step();
      } catch (error) {
        parts.report(error);
        return AFTER_ERROR_MS;
      }
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#client.close();
  }

  /** One round, whether it is time or not. */
  async askOnce(): Promise<void> {
    const { database } = this.#parts;
    const { values } = await readSettings(database.read());
    const answers = await this.#ask(values);
    await database.transaction(keeper, async (em) => {
      // Two processes that asked at once judge one after the other.
      await queryOne(em, `select pg_advisory_xact_lock(hashtext('exchange_rates'))`);
      const before = await lastGoodRate(em, values['rates.jumpHoldSeconds']);
      await keepRate(
        em,
        judgeQuotes(answers, {
          now: await databaseTime(em),
          maxAgeSeconds: values['rates.maxAgeSeconds'],
          minSources: values['rates.minSources'],
          maxDeviationPerMille: values['rates.maxDeviationPerMille'],
          maxSourceSpreadPerMille: values['rates.maxSourceSpreadPerMille'],
          maxJumpPerMille: values['rates.maxJumpPerMille'],
          before: before?.pricePico ?? null,
        }),
      );
      await execute(
        em,
        `delete from exchange_rates where id in (
           select r.id from exchange_rates r
           where r.at < desk_now() - make_interval(days => $1)
             and not exists (select from conversions c where c.rate_id = r.id)
           order by r.at limit ${PRUNED.toString()})`,
        [values['rates.keepDays']],
      );
    });
  }

  /** Asks unless another process has just done so. @returns ms until the next look */
  async #step(): Promise<number> {
    const em = this.#parts.database.read();
    const { values } = await readSettings(em);
    const everyMs = values['rates.pollSeconds'] * 1_000;
    const fresh = await queryOne<{ left: number }>(
      em,
      `select (1000 * ($1 - extract(epoch from desk_now() - at)))::int as left
       from exchange_rates where at > desk_now() - make_interval(secs => $1)
       order by id desc limit 1`,
      [values['rates.pollSeconds']],
    );
    // A little before its time is in time: two processes must not wait for each other.
    if (fresh && fresh.left > everyMs / 10) return Math.min(everyMs, fresh.left);
    await this.askOnce();
    return everyMs;
  }

  #ask(values: SettingValues): Promise<(Quote | NoQuote)[]> {
    const { clock, local } = this.#parts;
    const set = values['rates.sources'];
    if (set.length === 0 && local) return Promise.resolve(builtInQuotes(clock));
    const exchanges = set.length === 0 ? KNOWN_EXCHANGES : set;
    return Promise.all(exchanges.map((exchange) => this.#client.ask(exchange)));
  }
}
