import { z } from 'zod';
import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import type { JudgedRate, JudgedSource, RateOutcome } from './judge-quotes.ts';

/** One round of asking the exchanges. */
export interface RateRow {
  readonly id: bigint;
  readonly outcome: RateOutcome;
  /** 10⁻¹² USDT for one TRX. */
  readonly pricePico: bigint | null;
  readonly problem: string | null;
  /** As stored; read by {@link sourcesOf}. */
  readonly sources: unknown;
  readonly at: Date;
}

const COLUMNS = `id, outcome, price_pico as "pricePico", problem, sources, at`;

/** Rounds, the newest first: one more than asked for when there are more. */
export function listRates(
  em: EntityManager,
  first: number,
  after: bigint | null,
): Promise<RateRow[]> {
  return query<RateRow>(
    em,
    `select ${COLUMNS} from exchange_rates
     where $1::bigint is null or id < $1 order by id desc limit $2`,
    [after, first + 1],
  );
}

/** The last round, whatever came of it. */
export function lastRound(em: EntityManager): Promise<RateRow | undefined> {
  return queryOne<RateRow>(em, `select ${COLUMNS} from exchange_rates order by id desc limit 1`);
}

/** The last rate that was believed and is at most this old, by the database's clock. */
export function lastGoodRate(em: EntityManager, seconds: number): Promise<RateRow | undefined> {
  return queryOne<RateRow>(
    em,
    `select ${COLUMNS} from exchange_rates
     where outcome = 'GOOD' and at > desk_now() - make_interval(secs => $1)
     order by id desc limit 1`,
    [seconds],
  );
}

/** What became of the rate within a quarter of an hour; prices in 10⁻¹² USDT for one TRX. */
export interface RateQuarter {
  readonly at: Date;
  /** The last believed rate, and the lowest and highest; null when none was. */
  readonly last: bigint | null;
  readonly low: bigint | null;
  readonly high: bigint | null;
  /** Rounds whose rate was not believed. */
  readonly refused: number;
}

/** The quarters of an hour of the last so many hours, the oldest first, those without a round too. */
export function rateQuarters(em: EntityManager, hours: number): Promise<RateQuarter[]> {
  return query<RateQuarter>(
    em,
    `with quarters as (
       select generate_series(
         to_timestamp(floor(extract(epoch from desk_now()) / 900) * 900)
           - make_interval(hours => $1) + interval '15 minutes',
         to_timestamp(floor(extract(epoch from desk_now()) / 900) * 900),
         interval '15 minutes') as at)
     select q.at,
            (array_agg(r.price_pico order by r.id desc) filter (where r.outcome = 'GOOD'))[1] as last,
            min(r.price_pico) filter (where r.outcome = 'GOOD') as low,
            max(r.price_pico) filter (where r.outcome = 'GOOD') as high,
            (count(r.id) filter (where r.outcome <> 'GOOD'))::int as refused
     from quarters q
     left join exchange_rates r on r.at >= q.at and r.at < q.at + interval '15 minutes'
     group by q.at order by q.at`,
    [hours],
  );
}

/** Writes one round down. */
export async function keepRate(em: EntityManager, rate: JudgedRate): Promise<void> {
  await query(
    em,
    `insert into exchange_rates (outcome, price_pico, problem, sources) values ($1, $2, $3, $4)`,
    [
      rate.outcome,
      rate.price,
      rate.problem,
      JSON.stringify(
        rate.sources.map(({ bid, ask, ...source }) => ({
          ...source,
          bid: bid?.toString() ?? null,
          ask: ask?.toString() ?? null,
        })),
      ),
    ],
  );
}

const micros = z.string().regex(/^\d+$/).transform(BigInt).nullable();
const stored = z.array(
  z.object({
    source: z.string(),
    bid: micros,
    ask: micros,
    used: z.boolean(),
    why: z.string().nullable(),
  }),
);

/** The sources of a round, as they were judged. */
export function sourcesOf(value: unknown): readonly JudgedSource[] {
  const parsed = stored.safeParse(value);
  assert(parsed.success, 'a rate holds its sources');
  return parsed.data;
}
