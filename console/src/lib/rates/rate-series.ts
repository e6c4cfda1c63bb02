import type { Series } from '../chart/series.ts';
import type { RatesQuery } from '../graphql/generated/graphql.ts';

type Quarter = RatesQuery['exchangeRateSeries'][number];

/** A rate of up to twelve places with at most `places` of them, the rest cut off: for pictures. */
export function shortRate(rate: string, places = 6): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const kept = fraction.slice(0, places).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** The quarters of an hour as one line, with what lies around it in the table. */
export function rateSeries(
  quarters: readonly Quarter[],
  words: { last: string; low: string; high: string; refusedRounds: string },
): Series[] {
  const column = (of: (quarter: Quarter) => string | null): (string | null)[] =>
    quarters.map((quarter) => {
      const rate = of(quarter);
      return rate === null ? null : shortRate(rate);
    });
  const last = column((quarter) => quarter.last);
  const none = quarters.map(() => null);
  return [
    {
      label: words.last,
      heights: last.map((rate) => (rate === null ? null : Number(rate))),
      words: last,
      color: '--accent',
    },
    {
      label: words.low,
      heights: none,
      words: column((quarter) => quarter.low),
      color: '--ink',
      as: 'table',
    },
    {
      label: words.high,
      heights: none,
      words: column((quarter) => quarter.high),
      color: '--ink',
      as: 'table',
    },
    {
      label: words.refusedRounds,
      heights: none,
      words: quarters.map(({ refused }) => String(refused)),
      color: '--ink',
      as: 'table',
    },
  ];
}
