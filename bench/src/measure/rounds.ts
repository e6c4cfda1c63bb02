import type { RowContext } from '../row.ts';

/** What both sides of each round came to. */
export interface Rounds<Ours, Reference> {
  readonly ours: readonly Ours[];
  readonly reference: readonly Reference[];
}

/** One side of a round, for so many seconds; the round that does not count is -1. */
type Side<T> = (seconds: number, round: number) => Promise<T>;

type Length = Pick<RowContext, 'rounds' | 'seconds'>;

/** What warms up takes a part of the time. */
const WARM_UP = 0.5;

/**
 * Ours and the reference in turn, A B A B, so that what else the machine does falls on both. A first,
 * shorter round of each warms up and does not count.
 */
export async function inTurn<Ours, Reference>(
  { rounds, seconds }: Length,
  ours: Side<Ours>,
  reference: Side<Reference>,
): Promise<Rounds<Ours, Reference>> {
  const found: { ours: Ours[]; reference: Reference[] } = { ours: [], reference: [] };
  await ours(seconds * WARM_UP, -1);
  await reference(seconds * WARM_UP, -1);
  for (let round = 0; round < rounds; round += 1) {
    found.ours.push(await ours(seconds, round));
    found.reference.push(await reference(seconds, round));
  }
  return found;
}

/** Rounds of ours alone, for goals that are absolute; the first does not count. */
export async function repeated<T>({ rounds, seconds }: Length, ours: Side<T>): Promise<T[]> {
  const found: T[] = [];
  await ours(seconds * WARM_UP, -1);
  for (let round = 0; round < rounds; round += 1) found.push(await ours(seconds, round));
  return found;
}
