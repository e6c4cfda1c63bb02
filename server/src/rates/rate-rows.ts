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
