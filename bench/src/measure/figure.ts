import { median } from './median.ts';

/** Ours over the reference, round by round. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One line of the table: one thing that was measured, against one goal or none. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Median over the rounds; null where it could not be measured on this machine. */
  readonly ours: number | null;
  readonly reference: number | null;
  readonly ratio: Ratio | null;
  /** In words; empty where nothing is asked. */
  readonly goal: string;
  /** Null where nothing is asked, or nothing could be measured. */
  readonly met: boolean | null;
}

/** What is asked of a figure. Several bounds must all hold. */
export interface Goal {
  readonly least?: number;
  readonly most?: number;
  readonly leastRatio?: number;
  readonly mostRatio?: number;
}

export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** One value a round. */
  readonly ours: readonly number[];
  /** Of the same rounds; left out where the goal is absolute. */
  readonly reference?: readonly number[];
}

/** The figure of some rounds, judged by the median. */
export function figure({ name, unit, ours, reference }: Measured, goal: Goal = {}): Figure {
  const value = ours.length === 0 ? null : median(ours);
  const ratio = reference === undefined ? null : ratioOf(ours, reference);
  const bounds: (boolean | null)[] = [
    check(goal.least, value, (bound, found) => found >= bound),
    check(goal.most, value, (bound, found) => found <= bound),
    check(goal.leastRatio, ratio?.median ?? null, (bound, found) => found >= bound),
    check(goal.mostRatio, ratio?.median ?? null, (bound, found) => found <= bound),
  ].filter((held) => held !== undefined);
  return {
    name,
    unit,
    ours: value,
    reference: reference === undefined || reference.length === 0 ? null : median(reference),
    ratio,
    goal: inWords(goal, unit),
    met: bounds.length === 0 || bounds.includes(null) ? null : bounds.every((held) => held),
  };
}

/** Median, lowest and highest of the quotients of each round; null without a round. */
export function ratioOf(ours: readonly number[], reference: readonly number[]): Ratio | null {
  const quotients = ours.flatMap((value, round) => {
    const base = reference[round];
    return base === undefined || base === 0 ? [] : [value / base];
  });
  if (quotients.length === 0) return null;
  return {
    median: median(quotients),
    low: Math.min(...quotients),
    high: Math.max(...quotients),
  };
}

function check(
  bound: number | undefined,
  found: number | null,
  holds: (bound: number, found: number) => boolean,
): boolean | null | undefined {
  if (bound === undefined) return undefined;
  return found === null ? null : holds(bound, found);
}

function inWords({ least, most, leastRatio, mostRatio }: Goal, unit: string): string {
  const parts: string[] = [];
  if (least !== undefined) parts.push(`≥ ${least.toLocaleString('en')} ${unit}`);
  if (most !== undefined) parts.push(`≤ ${most.toLocaleString('en')} ${unit}`);
  if (leastRatio !== undefined) parts.push(`≥ ${leastRatio} ×`);
  if (mostRatio !== undefined) parts.push(`≤ ${mostRatio} ×`);
  return parts.join(', ');
}
