import type { Tone } from '../design/tone.ts';

/** One line or area. The same series always has the same colour. */
export type Series = {
  label: string;
  /** Heights for the picture only; null is a gap. */
  heights: (number | null)[];
  /** What is written: exact, one for each height. */
  words: (string | null)[];
  color: `--${Tone}` | '--accent' | `--stock-${string}`;
  area?: boolean;
};
