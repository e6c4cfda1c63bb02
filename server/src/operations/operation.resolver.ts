import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DeskContext } from '../graphql/context.ts';
import { Attempt, ChainOperation } from './operation.graphql.ts';

@Resolver(() => ChainOperation)
export class OperationResolver {
  @FieldResolver(() => [Attempt], { description: 'Its attempts, the first first.' })
  attempts(@Root() operation: ChainOperation, @Ctx() { loaders }: DeskContext): Promise<Attempt[]> {
    return loaders.attempts.load(operation.id);
  }
}
