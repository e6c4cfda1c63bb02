import { BadInput } from '../kernel/domain-error.ts';

export type TimeBucket = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** From `from` on and before `to`, cut at UTC boundaries of `bucket`; weeks begin on Monday. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
  readonly bucket: TimeBucket;
}

const HOURS: Readonly<Record<TimeBucket, number>> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 672 };
const MOST_BUCKETS = 1_000;

/** @throws BadInput when the period is empty or has more than 1,000 buckets */
export function checkPeriod(period: Period): Period {
  const hours = (period.to.getTime() - period.from.getTime()) / 3_600_000;
  if (hours <= 0) {
    throw new BadInput('Let the period end after it begins.', { field: 'to' });
  }
  if (hours / HOURS[period.bucket] > MOST_BUCKETS) {
    throw new BadInput(
      `Ask for at most ${MOST_BUCKETS} buckets: take longer buckets or a shorter period.`,
      { field: 'bucket', details: { most: MOST_BUCKETS } },
    );
  }
  return period;
}

/**
 * SQL for the starts of all buckets, empty ones too: `from` is $1, `to` $2, the unit $3. The first
 * may begin before `from`.
 */
export const BUCKET_STARTS = `
  generate_series(date_trunc($3, $1::timestamptz), $2::timestamptz - interval '1 microsecond',
                  ('1 ' || $3)::interval) as b(start)`;
