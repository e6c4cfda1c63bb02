import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import { Amount, DateTime } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import type { Currency } from '../kernel/money.ts';
import type { EntryRow } from './entry-rows.ts';

@ObjectType({
  description:
    'An account of the double-entry books. What came from outside stands as a negative balance, so all balances of a currency sum to zero.',
})
export class LedgerAccount {
  @Field(() => ID, {
    description: 'Number of the account; of a sum over all users its code and currency.',
  })
  declare id: string;

  @Field(() => String, { description: 'Its place in the chart: "user.available".' })
  declare code: string;

  @Field(() => String, { description: 'What it holds, for people.' })
  declare name: string;

  @Field(() => CurrencyEnum, { description: 'What it is in.' })
  declare currency: Currency;

  @Field(() => Amount, { description: 'Its balance now.' })
  declare balance: bigint;

  /** Whose account it is; null for the system's and for sums. */
  declare userId: string | null;
}

export type EntryCategory =
  'DEPOSIT' | 'ORDER' | 'REFUND' | 'CONVERSION' | 'WITHDRAWAL' | 'ADJUSTMENT' | 'OTHER';

const EntryCategoryEnum = enumeration<EntryCategory>(
  'EntryCategory',
  'What a movement of money is about, for statements.',
  {
    DEPOSIT: 'Money came in.',
    ORDER: 'The price of an order was held, or became revenue.',
    REFUND: 'The price of an order went back.',
    CONVERSION: 'Money was turned into the other currency.',
    WITHDRAWAL: 'Money was held for a withdrawal, was paid, or came back from one.',
    ADJUSTMENT: 'A person gave or took, with a reason.',
    OTHER: 'Something of the desk’s own, such as a cost of the chain.',
  },
);

@ObjectType({
  description: 'One line of a balanced movement of money, on one account. Never changed.',
})
export class LedgerEntry {
  @Field(() => ID, { description: 'Id of the entry.' })
  declare id: string;

  @Field(() => ID, { description: 'Id of the movement; its entries sum to zero per currency.' })
  declare transferId: string;

  @Field(() => String, { description: 'What kind of movement: "order.hold", "adjustment", …' })
  declare kind: string;

  @Field(() => EntryCategoryEnum, { description: 'The kind in few words, for statements.' })
  declare category: EntryCategory;

  @Field(() => LedgerAccount, { description: 'The account that it stands on.' })
  declare account: LedgerAccount;

  @Field(() => Amount, { description: 'Positive raises the account’s balance.' })
  declare amount: bigint;

  @Field(() => CurrencyEnum, { description: 'What the amount is in.' })
  declare currency: Currency;

  @Field(() => Amount, { description: 'The account’s balance after it.' })
  declare balanceAfter: bigint;

  @Field(() => String, { description: 'What it was for: the id of an order, or another key.' })
  declare reference: string;

  @Field(() => String, { nullable: true, description: 'Why, where a person decided it.' })
  declare reason: string | null;

  @Field(() => ActorType, { description: 'Who moved the money.' })
  declare actor: ActorType;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;
}

@ObjectType({ description: 'An entry in a list.' })
export class LedgerEntryEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => LedgerEntry, { description: 'The entry.' })
  declare node: LedgerEntry;
}

@ObjectType({ description: 'One page of entries, the newest first.' })
export class LedgerEntryConnection {
  @Field(() => [LedgerEntryEdge], { description: 'The page’s entries in order.' })
  declare edges: readonly LedgerEntryEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'The whole books, recomputed from their entries.' })
export class BooksCheck {
  @Field(() => Boolean, { description: 'Whether everything holds.' })
  declare balanced: boolean;

  @Field(() => [String], { description: 'A sentence for everything that does not.' })
  declare breaks: readonly string[];

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare checkedAt: Date;

  @Field(() => Int, { description: 'How many entries were looked at.' })
  declare entries: number;
}

@ObjectType({ description: 'The books as a whole.' })
export class Ledger {}

/** An entry as callers see it. */
export function ledgerEntry(row: EntryRow): LedgerEntry {
  return {
    id: row.id.toString(),
    transferId: row.transferId.toString(),
    kind: row.kind,
    category: categoryOf(row.kind),
    account: {
      id: row.accountId.toString(),
      code: row.accountCode,
      name: row.accountName,
      currency: row.asset,
      balance: row.accountBalance,
      userId: row.userId,
    },
    amount: row.amount,
    currency: row.asset,
    balanceAfter: row.balanceAfter,
    reference: row.reference,
    reason: row.reason,
    actor: parseActor(row.actor),
    at: row.at,
  };
}

const CATEGORIES: Readonly<Record<string, EntryCategory>> = {
  deposit: 'DEPOSIT',
  order: 'ORDER',
  conversion: 'CONVERSION',
  withdrawal: 'WITHDRAWAL',
  adjustment: 'ADJUSTMENT',
};

/** Kinds begin with what they are about: "order.hold". */
function categoryOf(kind: string): EntryCategory {
  if (kind === 'order.refund') return 'REFUND';
  return CATEGORIES[kind.split('.', 1)[0] ?? ''] ?? 'OTHER';
}
