import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Forbidden } from '../access/access.errors.ts';
import { type Caller, clientOf, clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { BadInput } from '../kernel/domain-error.ts';
import type { EntryRow } from '../ledger/entry-rows.ts';
import { LedgerAccount, ledgerEntry, LedgerEntryConnection } from '../ledger/ledger.graphql.ts';
import { accountStatement, requireAccount, userStatement } from '../ledger/statement.ts';
import { maySee, requireUser } from './find-users.ts';
import { StatementInput } from './statement.graphql.ts';
import { parseUserRef } from './user-ref.ts';
import { UnknownUser } from './user.errors.ts';
import { User, userOf } from './user.graphql.ts';

@Resolver(() => LedgerAccount)
export class StatementResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => LedgerEntryConnection, {
    description: 'Every movement on one account, the newest first.',
  })
  async statement(
    @Arg('input', () => StatementInput, { description: 'Whose.' }) input: StatementInput,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
    @Ctx() { caller }: DeskContext,
  ): Promise<LedgerEntryConnection> {
    const size = pageSize(first);
    const page = { first: size, after: positionOf(after) };
    const rows = await this.#entries(input, page, caller);
    const { edges, pageInfo } = connectionOf(
      rows,
      size,
      ({ position }) => encodeCursor(position),
      after,
    );
    return {
      pageInfo,
      edges: edges.map(({ cursor, node }) => ({ cursor, node: ledgerEntry(node) })),
    };
  }

  async #entries(
    { accountId, user: ref, currency }: StatementInput,
    page: { readonly first: number; readonly after: bigint | null },
    caller: Caller,
  ): Promise<EntryRow[]> {
    const em = this.#database.read();
    const scope = clientScope(caller);
    if (Boolean(accountId) === Boolean(ref)) {
      throw new BadInput('Name exactly one of accountId and user.', { field: 'input' });
    }
    if (accountId) {
      if (scope !== undefined) {
        throw new Forbidden('An API key sees statements of users: send `user`.', {
          field: 'input.accountId',
        });
      }
      return accountStatement(em, await requireAccount(em, accountId), page);
    }
    const user = await requireUser(em, parseUserRef(ref ?? {}, clientOf(caller)));
    if (!maySee(scope, user)) throw new UnknownUser('input.user');
    return userStatement(em, user.id, currency ?? 'TRX', page);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Whose account it is; null for the desk’s own and for sums.',
  })
  async user(
    @Root() { userId }: LedgerAccount,
    @Ctx() { loaders }: DeskContext,
  ): Promise<User | null> {
    const row = userId === null ? null : await loaders.user.load(userId);
    return row && userOf(row);
  }
}

/** The cursor of an entry is its position on the account. */
function positionOf(after: string | null | undefined): bigint | null {
  const [position] = decodeCursor(after, 1) ?? [];
  if (position === undefined) return null;
  if (!/^\d{1,18}$/.test(position)) {
    throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
      field: 'after',
    });
  }
  return BigInt(position);
}
