/** What both sides of each round came to. */
export interface Rounds<Ours, Reference> {
  readonly ours: readonly Ours[];
  readonly reference: readonly Reference[];
}

/**
 * Ours and the reference in turn, A B A B, so that what else the machine does falls on both. A first
 * round of each warms up and does not count.
 */
export async function inTurn<Ours, Reference>(
  rounds: number,
  ours: (round: number) => Promise<Ours>,
  reference: (round: number) => Promise<Reference>,
): Promise<Rounds<Ours, Reference>> {
  const found: { ours: Ours[]; reference: Reference[] } = { ours: [], reference: [] };
  await ours(-1);
  await reference(-1);
  for (let round = 0; round < rounds; round += 1) {
    found.ours.push(await ours(round));
    found.reference.push(await reference(round));
  }
  return found;
}

/** Rounds of ours alone, for goals that are absolute; the first does not count. */
export async function repeated<T>(
  rounds: number,
  ours: (round: number) => Promise<T>,
): Promise<T[]> {
  const found: T[] = [];
  await ours(-1);
  for (let round = 0; round < rounds; round += 1) found.push(await ours(round));
  return found;
}
