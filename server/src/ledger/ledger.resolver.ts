import { FieldResolver, Query, Resolver } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { accountsOfTheDesk } from './account-rows.ts';
import { type BooksRule, checkBooks } from './check-books.ts';
import { BooksCheck, Ledger, LedgerAccount } from './ledger.graphql.ts';

@Resolver(() => Ledger)
export class LedgerResolver {
  readonly #database: Database;
  readonly #rules: readonly BooksRule[];

  /** @param rules what other rooms' tables say about money */
  constructor(database: Database, rules: readonly BooksRule[]) {
    this.#database = database;
    this.#rules = rules;
  }

  @Query(() => Ledger, { description: 'The books as a whole: balances, and whether all is right.' })
  ledger(): Ledger {
    return new Ledger();
  }

  @FieldResolver(() => [LedgerAccount], {
    description: 'The system’s accounts, and the sums of all users’ accounts.',
  })
  async accounts(): Promise<LedgerAccount[]> {
    const rows = await accountsOfTheDesk(this.#database.read());
    return rows.map(({ asset, ...row }) => ({ ...row, currency: asset, userId: null }));
  }

  @FieldResolver(() => BooksCheck, {
    description: 'Recomputes everything from the entries; takes seconds when there are millions.',
  })
  async check(): Promise<BooksCheck> {
    const { entries, ...report } = await checkBooks(this.#database.read(), this.#rules);
    return { ...report, entries: Number(entries) };
  }
}
