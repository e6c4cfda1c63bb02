import uPlot from 'uplot';
import { formatDecimal } from '../format/decimal.ts';
import type { Series } from './series.ts';

type Options = {
  target: HTMLElement;
  /** Starts of the buckets, in seconds since 1970. */
  times: number[];
  series: Series[];
  height: number;
  /** Called with the index under the crosshair, or null when it left. */
  onPoint: (index: number | null) => void;
};

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const hour = (seconds: number): string =>
  `${String(new Date(seconds * 1000).getHours()).padStart(2, '0')}:00`;

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
      const last = one.heights.findLastIndex((height) => height !== null);
      const height = one.heights[last];
      const time = plot.data[0][last];
      if (height === null || height === undefined || time === undefined) return;
      const y = plot.valToPos(height, 'y', true);
      // Two ends at the same height would cover each other: only the first is written.
      if (taken.some((other) => Math.abs(other - y) < 13 * devicePixelRatio)) return;
      taken.push(y);
      ctx.fillStyle = token(one.color);
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

/**
 * Draws the picture and keeps it as wide as its place. The last bucket is still filling, so the way
 * to it is dashed. Returns how to take it away.
 */
export function draw({ target, times, series, height, onPoint }: Options): () => void {
  const last = times.length - 1;
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
      padding: [8, 56, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: false, y: false },
      },
      scales: {
        x: { time: true },
        y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.12 : 1] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 72,
          size: 28,
          values: (_plot, splits) => splits.map(hour),
        },
        {
          ...axis,
          grid: { stroke: line, width: 1 },
          space: 44,
          size: 44,
          values: (_plot, splits) => splits.map((split) => formatDecimal(String(split))),
        },
      ],
      series: [
        {},
        ...series.map((one) => ({
          ...stroke(one),
          ...(one.area === true && {
            fill: `color-mix(in srgb, ${token(one.color)} 14%, transparent)`,
          }),
        })),
        ...series.map((one) => ({ ...stroke(one), dash: [3, 4] })),
      ],
      hooks: {
        draw: [writeEnds(series)],
        setCursor: [(self) => onPoint(self.cursor.idx ?? null)],
      },
    },
    [
      times,
      ...series.map((one) => one.heights.map((height, at) => (at < last ? height : null))),
      ...series.map((one) => one.heights.map((height, at) => (at < last - 1 ? null : height))),
    ],
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
