import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { Money } from '../graphql/money.graphql.ts';
import { isUuid } from '../kernel/ids.ts';
import { LedgerEntry } from '../ledger/ledger.graphql.ts';
import { readSettings } from '../settings/read-settings.ts';
import { maySee } from '../users/find-users.ts';
import { Withdrawal, withdrawalOf } from '../withdrawals/withdrawal.graphql.ts';
import { DEPOSIT, DEPOSIT_DECIDED } from './booked-deposits.ts';
import { Deposit, depositOf } from './deposit.graphql.ts';
import { returnFee } from './unclaimed-money.ts';

@ObjectType({ description: 'What sending an unclaimed deposit back would cost and bring.' })
export class DepositReturnOffer {
  @Field(() => Money, { description: 'What the desk keeps: its fee and the chain’s cost.' })
  declare fee: Money;

  @Field(() => Money, {
    nullable: true,
    description: 'What goes out to the sender; null when the fee leaves nothing.',
  })
  declare received: Money | null;
}

/** What a deposit leads to. */
@Resolver(() => Deposit)
export class DepositLinksResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @FieldResolver(() => DepositReturnOffer, {
    nullable: true,
    description:
      'What `returnDeposit` would keep and send by the settings of now; null unless it is UNCLAIMED money.',
  })
  async returnOffer(@Root() { row, state, money }: Deposit): Promise<DepositReturnOffer | null> {
    if (state !== 'UNCLAIMED' || money === null || row.sender === null) return null;
    const { amount, currency } = money;
    const { values } = await readSettings(this.#database.read());
    const fee = returnFee(amount, currency, values);
    return {
      fee: { amount: fee, currency },
      received: fee < amount ? { amount: amount - fee, currency } : null,
    };
  }

  @FieldResolver(() => Withdrawal, {
    nullable: true,
    description: 'The withdrawal that sends it back; null when none does. For operators.',
  })
  async sentBackBy(
    @Root() { row }: Deposit,
    @Ctx() { caller, loaders }: DeskContext,
  ): Promise<Withdrawal | null> {
    if (row.returnId === null || clientScope(caller) !== undefined) return null;
    const withdrawal = await loaders.withdrawal.load(row.returnId);
    return withdrawal && withdrawalOf(withdrawal);
  }
}

@Resolver(() => LedgerEntry)
export class EntryDepositResolver {
  @FieldResolver(() => Deposit, {
    nullable: true,
    description: 'The deposit that it was for; null when it was for something else.',
  })
  async deposit(
    @Root() { kind, reference }: LedgerEntry,
    @Ctx() { caller, loaders }: DeskContext,
  ): Promise<Deposit | null> {
    if ((kind !== DEPOSIT && kind !== DEPOSIT_DECIDED) || !isUuid(reference)) return null;
    const row = await loaders.deposit.load(reference);
    const scope = clientScope(caller);
    if (row === null || scope === undefined) return row && depositOf(row);
    // A bot sees what is one of its users' alone.
    const user = row.userId === null ? null : await loaders.user.load(row.userId);
    return user && maySee(scope, user) ? depositOf(row) : null;
  }
}
