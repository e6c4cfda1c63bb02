import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { listOperations } from './list-operations.ts';
import { OperationFilter } from './operation-details.graphql.ts';
import type { OperationRow } from './operation-rows.ts';
import { ChainOperation, ChainOperationConnection } from './operation.graphql.ts';

/** Operations of all wallets together. */
@Resolver()
export class OperationListResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => ChainOperation, {
    nullable: true,
    description: 'One chain operation; null when there is none with this id.',
  })
  async operation(
    @Arg('id', () => ID, { description: 'Of the operation.' }) id: string,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow | null> {
    return isUuid(id) ? loaders.operation.load(id.toLowerCase()) : null;
  }

  @Query(() => ChainOperationConnection, {
    description: 'Chain operations of all wallets, the newest first.',
  })
  async operations(
    @Arg('filter', () => OperationFilter, {
      nullable: true,
      description: 'Which; all unless told.',
    })
    filter: OperationFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<ChainOperationConnection> {
    const size = pageSize(first);
    const [last] = decodeCursor(after, 1) ?? [];
    if (last !== undefined && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const walletId = filter?.walletId ?? null;
    if (walletId !== null && !isUuid(walletId)) {
      throw new BadInput('Give the id of a wallet, as `wallets` lists them.', {
        field: 'filter.walletId',
      });
    }
    const rows = await listOperations(
      this.#database.read(),
      {
        kinds: filter?.kind ?? null,
        states: filter?.state ?? null,
        purpose: filter?.purpose?.toLowerCase().replace('_', '-') ?? null,
        walletId,
      },
      { first: size, after: last ?? null },
    );
    return connectionOf(rows, size, ({ id }) => encodeCursor(id), after);
  }
}
