import { describe, expect, test } from 'vitest';
import { zh } from '../messages/zh/zh.ts';
import { forecastSeries, returnsOf, type ForecastPoint } from './forecast-series.ts';

const point = (at: string, more: Partial<ForecastPoint>): ForecastPoint => ({
  at,
  free: '0',
  freeIfUsed: '0',
  idle: '0',
  keptBack: '0',
  recovering: '0',
  rented: '0',
  reserved: '0',
  returning: '0',
  staked: '100000',
  unstaking: '0',
  ...more,
});

const points = [
  point('2026-01-01T00:00:00Z', { free: '40000', rented: '60000', returning: '5' }),
  point('2026-01-01T00:15:00Z', { free: '70000', rented: '30000', returning: '30000' }),
  point('2026-01-01T00:30:00Z', { free: '100000', freeIfUsed: '90000', returning: '30000' }),
];

describe('the series of a forecast', () => {
  test('leave out bands that are empty throughout, but for the usual three', () => {
    const labels = forecastSeries(points, zh.forecast)
      .filter(({ as }) => as === 'stack')
      .map(({ label }) => label);
    expect(labels).toEqual([zh.forecast.free, zh.forecast.rented, zh.forecast.recovering]);
  });

  test('have what returns in the table only, and the least as a dashed line', () => {
    const [least, returning] = forecastSeries(points, zh.forecast).slice(-2);
    expect(least).toMatchObject({ expected: true, heights: [0, 0, 90000] });
    expect(returning).toMatchObject({ as: 'table', words: ['5', '30\u2009000', '30\u2009000'] });
  });

  test('tell the rentals that end, the first ones only', () => {
    expect(returnsOf(points, 1)).toEqual([
      { at: '2026-01-01T00:15:00Z', energy: '30000', free: '70000' },
    ]);
    expect(returnsOf(points, 9)).toHaveLength(2);
  });
});
