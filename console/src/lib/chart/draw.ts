import uPlot from 'uplot';
import { formatDecimal } from '../format/decimal.ts';
import type { Series } from './series.ts';
import { stackEdges } from './stack.ts';

type Options = {
  target: HTMLElement;
  /** Starts of the buckets, in seconds since 1970. */
  times: number[];
  series: Series[];
  height: number;
  /** The axis shows the span of the values only: small moves of a large figure are to be seen. */
  close?: boolean;
  /** Called with the index under the crosshair, or null when it left. */
  onPoint: (index: number | null) => void;
};

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const two = (value: number): string => String(value).padStart(2, '0');
const hour = (seconds: number): string => `${two(new Date(seconds * 1000).getHours())}:00`;
const day = (seconds: number): string => {
  const time = new Date(seconds * 1000);
  return `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
};

/** Large numbers stand short beside the picture: 2.5M. */
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const level = (split: number): string =>
  split >= 100_000 ? short.format(split) : formatDecimal(String(split));

/** Writes each series' last value at the end of its line. */
function writeEnds(series: Series[]): (plot: uPlot) => void {
  return (plot) => {
    const ctx = plot.ctx;
    ctx.save();
    ctx.font = `${12 * devicePixelRatio}px ${token('--font-sans')}`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    const taken: number[] = [];
    series.forEach((one) => {
      if (one.quiet === true) return;
      const last = one.heights.findLastIndex((height) => height !== null);
      const height = one.heights[last];
      const time = plot.data[0][last];
      if (height === null || height === undefined || time === undefined) return;
      const y = plot.valToPos(height, 'y', true);
      // Two ends at the same height would cover each other: only the first is written.
      if (taken.some((other) => Math.abs(other - y) < 13 * devicePixelRatio)) return;
      taken.push(y);
      // A band is too pale to be read as text.
      ctx.fillStyle = token(one.as === 'stack' ? '--ink-2' : one.color);
      ctx.fillText(one.words[last] ?? '', plot.valToPos(time, 'x', true) + 6 * devicePixelRatio, y);
    });
    ctx.restore();
  };
}

const stroke = (one: Series): uPlot.Series => ({
  label: one.label,
  stroke: token(one.color),
  width: 1.5,
  spanGaps: false,
  points: { show: false },
});

type Painted = { series: uPlot.Series[]; data: (number | null)[][] };

/** Bands from the top to the bottom, each painted over the one before. */
function paintStack(all: Series[]): Painted {
  const bands = all.filter(({ as }) => as === 'stack');
  const edges = stackEdges(bands.map(({ heights }) => heights));
  return {
    series: bands.map((one) => ({ ...stroke(one), width: 0, fill: token(one.color) })).toReversed(),
    data: edges.toReversed(),
  };
}

/** Lines. The last bucket is still filling, so the way to it is dashed; what is expected is wholly. */
function paintLines(all: Series[], last: number): Painted {
  const lines = all.filter(({ as }) => as === undefined);
  const measured = lines.filter(({ expected }) => expected !== true);
  const until = (one: Series, from: number, to: number): (number | null)[] =>
    one.heights.map((height, at) => (at >= from && at <= to ? height : null));
  return {
    series: [
      ...measured.map((one) => ({
        ...stroke(one),
        ...(one.area === true && {
          fill: `color-mix(in srgb, ${token(one.color)} 14%, transparent)`,
        }),
      })),
      ...lines.map((one) => ({ ...stroke(one), dash: [3, 4] })),
    ],
    data: [
      ...measured.map((one) => until(one, 0, last - 1)),
      ...lines.map((one) => until(one, one.expected === true ? 0 : last - 1, last)),
    ],
  };
}

/** Draws the picture and keeps it as wide as its place. Returns how to take it away. */
export function draw({
  target,
  times,
  series,
  height,
  close = false,
  onPoint,
}: Options): () => void {
  const stack = paintStack(series);
  const lines = paintLines(series, times.length - 1);
  const daily = (times[1] ?? 0) - (times[0] ?? 0) > 80_000;
  const line = token('--line');
  const axis = {
    stroke: token('--ink-3'),
    font: `12px ${token('--font-sans')}`,
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: target.clientWidth,
      height,
      padding: [8, stack.data.length > 0 || close ? 72 : 56, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: false, y: false },
      },
      scales: {
        x: { time: true },
        y: {
          range: (_plot, low, high) =>
            close && low > 0
              ? [low - (high - low || low / 100) * 0.2, high + (high - low || high / 100) * 0.2]
              : [0, high > 0 ? high * (stack.data.length > 0 ? 1.02 : 1.12) : 1],
        },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 72,
          size: 28,
          values: (_plot, splits) => splits.map(daily ? day : hour),
        },
        {
          ...axis,
          grid: { stroke: line, width: 1 },
          space: 44,
          size: close ? 60 : 44,
          values: (_plot, splits) => splits.map(level),
        },
      ],
      series: [{}, ...stack.series, ...lines.series],
      hooks: {
        draw: [writeEnds(series.filter(({ as }) => as !== 'table'))],
        setCursor: [(self) => onPoint(self.cursor.idx ?? null)],
      },
    },
    [times, ...stack.data, ...lines.data],
    target,
  );
  const leave = (): void => onPoint(null);
  plot.over.addEventListener('mouseleave', leave);
  const observer = new ResizeObserver(() => plot.setSize({ width: target.clientWidth, height }));
  observer.observe(target);
  return () => {
    observer.disconnect();
    plot.destroy();
  };
}
