import type { Series } from '../chart/series.ts';
import { formatDecimal, groupDigits } from '../format/decimal.ts';

type Words = { placed: string; completed: string; failed: string; revenue: string };

/** Orders by hour as lines. */
export function orderSeries(
  buckets: { placed: number; completed: number; failed: number }[],
  words: Words,
): Series[] {
  const line = (label: string, color: Series['color'], counts: number[]): Series => ({
    label,
    color,
    heights: counts,
    words: counts.map((count) => groupDigits(String(count))),
  });
  return [
    line(
      words.placed,
      '--accent',
      buckets.map((bucket) => bucket.placed),
    ),
    line(
      words.completed,
      '--done',
      buckets.map((bucket) => bucket.completed),
    ),
    line(
      words.failed,
      '--failed',
      buckets.map((bucket) => bucket.failed),
    ),
  ];
}

/** Revenue by hour as an area. Only the picture is a floating-point number; the words are exact. */
export function revenueSeries(buckets: { revenue: string }[], words: Words): Series[] {
  return [
    {
      label: words.revenue,
      color: '--accent',
      area: true,
      heights: buckets.map((bucket) => Number(bucket.revenue)),
      words: buckets.map((bucket) => formatDecimal(bucket.revenue)),
    },
  ];
}
