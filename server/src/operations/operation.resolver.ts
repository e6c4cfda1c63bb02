import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DeskContext } from '../graphql/context.ts';
import type { AttemptRow } from './operation-rows.ts';
import { Attempt, ChainOperation } from './operation.graphql.ts';

@Resolver(() => ChainOperation)
export class OperationResolver {
  @FieldResolver(() => [Attempt], { description: 'Its attempts, the first first.' })
  async attempts(
    @Root() operation: ChainOperation,
    @Ctx() { loaders }: DeskContext,
  ): Promise<Attempt[]> {
    return (await loaders.attempts.load(operation.id)).map(attempt);
  }
}

/** Block heights fit a GraphQL Int for another 200 years. */
function attempt(row: AttemptRow): Attempt {
  return {
    ...row,
    refBlock: Number(row.refBlock),
    includedBlock: row.includedBlock === null ? null : Number(row.includedBlock),
    expiresAt: new Date(Number(row.expirationMs)),
  };
}
