import type { Snippet } from 'svelte';

/** One column of a table, and where its cell stands when the row becomes a card. */
export type Column<Row> = {
  name: string;
  cell: Snippet<[Row]>;
  /** Figures stand at the right. */
  number?: boolean;
  /** Takes the width that the others leave. */
  fill?: boolean;
  /** Long text may take several lines. */
  wrap?: boolean;
  /** Secondary text. */
  quiet?: boolean;
  card?: 'title' | 'state' | 'hidden';
  /** The cell glows when this changes. */
  glow?: (row: Row) => unknown;
};
