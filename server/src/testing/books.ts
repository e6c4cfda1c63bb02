import { expect } from 'vitest';
import type { Database } from '../database/database.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { heldMoney } from '../orders/held-money.ts';

/** Every break of the books, in sentences; empty when all is well. */
export async function breaksOfBooks(database: Database): Promise<readonly string[]> {
  return (await checkBooks(database.read(), [heldMoney])).breaks;
}

/** What must hold after every test that moved money. */
export async function expectBalancedBooks(database: Database): Promise<void> {
  expect(await breaksOfBooks(database)).toEqual([]);
}
