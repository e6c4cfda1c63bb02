import type { EntityManager } from '../database/database.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { lastGoodRate, lastRound, type RateRow } from './rate-rows.ts';
import { RateUnavailable } from './rates.errors.ts';

/** A rate that may be converted by. */
export interface Rate {
  readonly id: bigint;
  /** 10⁻¹² USDT for one TRX. */
  readonly pricePico: bigint;
  /** Every source, as stored. */
  readonly sources: unknown;
  readonly at: Date;
}

/**
 * What the desk knows of the rate: `rate` is null when none may be used, and `problem` says why.
 * Exchanges that are silent for a moment do no harm while the last rate is young; exchanges that
 * disagree, or a jump, stop conversions at once.
 */
export async function rateStanding(
  em: EntityManager,
  values: SettingValues,
): Promise<{
  readonly rate: Rate | null;
  readonly last: RateRow | undefined;
  readonly problem: string | null;
}> {
  const last = await lastRound(em);
  const good = await lastGoodRate(em, values['rates.maxAgeSeconds']);
  const stopped = last?.outcome === 'DISAGREE' || last?.outcome === 'JUMPED';
  if (!good || good.pricePico === null || stopped) {
    const old =
      last && `The last good rate is older than ${values['rates.maxAgeSeconds']} seconds.`;
    return { rate: null, last, problem: last?.problem ?? old ?? null };
  }
  const { id, pricePico, sources, at } = good;
  return { rate: { id, pricePico, sources, at }, last, problem: null };
}

/** @throws RateUnavailable that says why */
export async function requireRate(em: EntityManager, values: SettingValues): Promise<Rate> {
  const { rate, problem } = await rateStanding(em, values);
  if (!rate) throw new RateUnavailable(problem);
  return rate;
}
