import type { Tone } from '../design/tone.ts';

/** One line or area. The same series always has the same colour. */
export type Series = {
  label: string;
  /** Heights for the picture only; null is a gap. */
  heights: (number | null)[];
  /** What is written: exact, one for each height. */
  words: (string | null)[];
  color: `--${Tone}` | '--accent' | '--ink' | `--stock-${string}`;
  area?: boolean;
  /** `stack`: a band on top of those before it. `table`: in the table only. */
  as?: 'stack' | 'table';
  /** Expected, not measured: the whole line is dashed. */
  expected?: boolean;
  /** Leaves the end of its line without its value. */
  quiet?: boolean;
};
