import { BOOK_MUTANTS } from './book-mutants.ts';
import { DEPOSIT_MUTANTS } from './deposit-mutants.ts';
import { ENGINE_MUTANTS } from './engine-mutants.ts';

/** One change of one file; `from` must be there exactly once. */
export interface Edit {
  /** Its name below server/src, wherever it is. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * A mistake that somebody could make. Where the house has a second line of defence the mutant takes
 * that one away too, and says so.
 */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Histories among which at least one must break. */
  readonly seeds: number;
}

export const MUTANTS: readonly Mutant[] = [...ENGINE_MUTANTS, ...BOOK_MUTANTS, ...DEPOSIT_MUTANTS];
