import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { CurrencyEnum, Money, trx } from '../graphql/money.graphql.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';
import { ledgerEntry, LedgerEntryConnection } from '../ledger/ledger.graphql.ts';
import { userStatement } from '../ledger/statement.ts';
import { adjustBalance } from './adjust-balance.ts';
import { findUser, maySee } from './find-users.ts';
import { countUsers, listUsers } from './list-users.ts';
import { parseUserRef } from './user-ref.ts';
import {
  AdjustBalanceInput,
  Balance,
  MoneyTotal,
  User,
  UserAddress,
  UserConnection,
  UserFilterType,
  userOf,
  UserRefType,
} from './user.graphql.ts';

@Resolver(() => User)
export class UserResolver {
  readonly #database: Database;
  readonly #ids: IdMaker;

  constructor(database: Database, ids: IdMaker) {
    this.#database = database;
    this.#ids = ids;
  }

  @Query(() => User, {
    nullable: true,
    description: 'One user; null when there is none, or none that the caller may see.',
  })
  async user(
    @Arg('ref', () => UserRefType, { description: 'Who.' }) ref: UserRefType,
    @Ctx() { caller }: DeskContext,
  ): Promise<User | null> {
    const scope = clientScope(caller);
    const row = await findUser(this.#database.read(), parseUserRef(ref, clientOf(caller), 'ref'));
    return row && maySee(scope, row) ? userOf(row) : null;
  }

  @Query(() => UserConnection, { description: 'Users, the newest first.' })
  async users(
    @Arg('filter', () => UserFilterType, { nullable: true, description: 'Which; all unless told.' })
    filter: UserFilterType | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last row already seen.',
    })
    after: string | null,
  ): Promise<UserConnection> {
    const size = pageSize(first);
    const [last = null] = decodeCursor(after, 1) ?? [];
    if (last !== null && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const em = this.#database.read();
    const wanted = { standing: filter?.standing, tag: filter?.tag, search: filter?.search };
    const [rows, totalCount] = [
      await listUsers(em, wanted, { first: size, after: last }),
      await countUsers(em, wanted),
    ];
    const page = connectionOf(rows.map(userOf), size, ({ id }) => encodeCursor(id), after);
    return { ...page, totalCount };
  }

  @Mutation(() => User, {
    description:
      'Gives to a user’s balance or takes from it, with a reason, against the account desk.adjustments. INSUFFICIENT_BALANCE says what is required and available.',
  })
  async adjustBalance(
    @Arg('input', () => AdjustBalanceInput, { description: 'What to move, and why.' })
    input: AdjustBalanceInput,
    @Ctx() { caller, actor, audit }: DeskContext,
  ): Promise<User> {
    const { amount, currency, reason, idempotencyKey } = input;
    const user = parseUserRef(input.user, clientOf(caller));
    const row = await this.#database.transaction(
      actor,
      async (em) => {
        const adjusted = await adjustBalance(em, this.#ids, actor, {
          user,
          amount,
          currency,
          reason,
          idempotencyKey,
        });
        await audit.record(
          em,
          'balance.adjust',
          { kind: 'user', id: adjusted.id },
          { amount: formatAmount(amount), currency, reason, idempotencyKey },
        );
        return adjusted;
      },
      'balance adjusted',
    );
    return userOf(row);
  }

  @FieldResolver(() => [Balance], { description: 'What the user has, in every currency.' })
  balances(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<Balance[]> {
    return loaders.balances.load(user.id);
  }

  @FieldResolver(() => [UserAddress], {
    description: 'The addresses that the user keeps, the default first; at most 100.',
  })
  addresses(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<UserAddress[]> {
    return loaders.userAddresses.load(user.id);
  }

  @FieldResolver(() => Int, { description: 'How many orders the user has placed.' })
  async orderCount(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<number> {
    return (await loaders.orderTotals.load(user.id)).orders;
  }

  @FieldResolver(() => Money, { description: 'What the user has paid for delivered orders.' })
  async spent(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<Money> {
    return trx((await loaders.orderTotals.load(user.id)).spentSun);
  }

  @FieldResolver(() => [MoneyTotal], {
    description: 'What the user has paid in and was credited with, in every currency.',
  })
  deposited(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<MoneyTotal[]> {
    return loaders.deposited.load(user.id);
  }

  @FieldResolver(() => [MoneyTotal], {
    description:
      'What the user has withdrawn, fees included, in every currency: payments that are final.',
  })
  withdrawn(@Root() user: User, @Ctx() { loaders }: DeskContext): Promise<MoneyTotal[]> {
    return loaders.withdrawn.load(user.id);
  }

  @FieldResolver(() => LedgerEntryConnection, {
    description: 'Every movement of what the user can spend in one currency, the newest first.',
  })
  async statement(
    @Root() user: User,
    @Arg('currency', () => CurrencyEnum, {
      nullable: true,
      defaultValue: 'TRX',
      description: 'Which of the user’s balances.',
    })
    currency: Currency | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last row already seen.',
    })
    after: string | null,
  ): Promise<LedgerEntryConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !/^\d{1,18}$/.test(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const rows = await userStatement(this.#database.read(), user.id, currency ?? 'TRX', {
      first: size,
      after: last === undefined ? null : BigInt(last),
    });
    const page = connectionOf(rows, size, ({ position }) => encodeCursor(position), after);
    return {
      ...page,
      edges: page.edges.map(({ cursor, node }) => ({ cursor, node: ledgerEntry(node) })),
    };
  }
}
