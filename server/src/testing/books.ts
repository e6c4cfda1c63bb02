import { expect } from 'vitest';
import type { Database } from '../database/database.ts';
import { findBreaks, foreign, type RecordEntry } from './chain-against-books.ts';

/**
 * Compares the books with themselves, and what the desk believes with the chain's own record
 * (invariants I1, I2, I4 to I8). Fails with a sentence for each break.
 * @param byHand txids of what the test did without the desk: those are no attempts, and need not be
 */
export async function expectBooksAndChainAgree(
  database: Database,
  networkUrl: string,
  byHand: ReadonlySet<string> = new Set(),
): Promise<void> {
  const found = await findBreaks(database, (owners, receivers) =>
    chainRecord(networkUrl, owners, receivers),
  );
  const expected = new Set([...byHand].map((txid) => foreign(txid)));
  const breaks = found.filter((sentence) => !expected.has(sentence));
  expect(breaks, breaks.join('; ')).toEqual([]);
}

async function chainRecord(
  url: string,
  owners: readonly string[],
  receivers: readonly string[],
): Promise<RecordEntry[]> {
  const response = await fetch(`${url}/devnet/record`, {
    method: 'POST',
    body: JSON.stringify({ owners, receivers }),
  });
  const { entries } = (await response.json()) as { entries: RecordEntry[] };
  return entries;
}
