import type { Figure } from './measure/figure.ts';

/** What a row is given to work with. */
export interface RowContext {
  /** Rounds of ours and the reference in turn; at least 5 count as a measurement. */
  readonly rounds: number;
  /** Seconds of each side of a round. */
  readonly seconds: number;
  /** Orders that the rows about growth fill their tables with. */
  readonly orders: number;
  /** Owner's address of the server's maintenance database. */
  readonly postgresUrl: string;
  /** Name of the migrated, empty database that rows clone. */
  readonly template: string;
  /** For this row alone; removed after it. */
  readonly folder: string;
  /** Tells the terminal how far the row is. */
  readonly say: (text: string) => void;
  /** Runs at the end of the row, last in first out, however it ends. */
  readonly defer: (end: () => unknown) => void;
}

/** What a row found out. */
export interface RowOutcome {
  readonly figures: readonly Figure[];
  /** A sentence for each broken invariant: with one, the row is void. */
  readonly breaks: readonly string[];
  /** What of the goal the product has no part for yet. */
  readonly missing?: readonly string[];
  readonly notes?: readonly string[];
}

/** A row of the table. */
export interface Row {
  /** As in the goals: `P1b`. */
  readonly id: string;
  readonly title: string;
  /** What ours is compared with, in a few words. */
  readonly reference: string;
  /** Of each side of a round, unless told; keeps the whole run at some eight and a half minutes. */
  readonly seconds: number;
  /** Whose work of the desk the row does in its own process, which keeps house as theirs; the role api's unless told. */
  readonly roles?: readonly string[];
  /** @throws when it cannot be measured; the row is void then */
  run(context: RowContext): Promise<RowOutcome>;
}

/** A row as it goes into the report. */
export interface RowReport {
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  readonly rounds: number;
  readonly secondsPerSide: number;
  readonly tookSeconds: number;
  /** Why the figures do not count; null when they do. */
  readonly void: string | null;
  readonly figures: readonly Figure[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}
