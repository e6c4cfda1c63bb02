import type { Series } from '../chart/series.ts';
import { formatDecimal } from '../format/decimal.ts';
import type { EnergyForecastQuery } from '../graphql/generated/graphql.ts';
import type { Messages } from '../messages/zh/zh.ts';

export type ForecastPoint = EnergyForecastQuery['energyForecast']['points'][number];

/** The bands from the bottom up: what can be sold stands on the ground, so that its height is read. */
const bands = [
  ['free', '--stock-free'],
  ['idle', '--stock-idle'],
  ['keptBack', '--stock-kept'],
  ['reserved', '--stock-reserved'],
  ['rented', '--stock-rented'],
  ['recovering', '--stock-recovering'],
  ['unstaking', '--stock-unstaking'],
] as const;

/** The usual three are always shown, the others when there is any of them. */
const always = new Set<string>(['free', 'rented', 'recovering']);

/** A forecast as bands, the least that can be free as a dashed line, what returns in the table. */
export function forecastSeries(points: ForecastPoint[], words: Messages['forecast']): Series[] {
  const of = (
    name: (typeof bands)[number][0] | 'freeIfUsed' | 'returning',
    color: Series['color'],
  ): Series => ({
    label: words[name],
    color,
    heights: points.map((point) => Number(point[name])),
    words: points.map((point) => formatDecimal(point[name])),
  });
  return [
    ...bands
      .filter(([name]) => always.has(name) || points.some((point) => point[name] !== '0'))
      .map(([name, color]): Series => ({
        ...of(name, color),
        as: 'stack',
        quiet: name !== 'free',
      })),
    { ...of('freeIfUsed', '--ink'), expected: true },
    { ...of('returning', '--accent'), as: 'table' },
  ];
}

export type Return = { at: string; energy: string; free: string };

/** The points at which rentals are taken back, at most `most` of them, with what is free then. */
export function returnsOf(points: ForecastPoint[], most: number): Return[] {
  return points
    .slice(1)
    .filter(({ returning }) => returning !== '0')
    .slice(0, most)
    .map(({ at, returning, free }) => ({ at, energy: returning, free }));
}
