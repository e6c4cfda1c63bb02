import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import type { DeskContext } from '../graphql/context.ts';
import { parseActor } from '../kernel/actor.ts';
import { permissionsOf, tokensOf, votesOf } from './effect-rows.ts';
import {
  type IntendedPermission,
  IntendedPermissions,
  type OperationPurpose,
  OperationPurposeEnum,
  OperationTokens,
  OperationVote,
} from './operation-details.graphql.ts';
import { Attempt, ChainOperation } from './operation.graphql.ts';
import type { ActivePermission, Permission } from '../chain/transaction.ts';

@Resolver(() => ChainOperation)
export class OperationResolver {
  @FieldResolver(() => [Attempt], { description: 'Its attempts, the first first.' })
  attempts(@Root() operation: ChainOperation, @Ctx() { loaders }: DeskContext): Promise<Attempt[]> {
    return loaders.attempts.load(operation.id);
  }

  @FieldResolver(() => OperationPurposeEnum, { description: 'What it is for.' })
  purpose(@Root() { purpose }: ChainOperation): OperationPurpose {
    return purpose.toUpperCase().replace('-', '_') as OperationPurpose;
  }

  @FieldResolver(() => ActorType, {
    nullable: true,
    description: 'Who asked for it; null where an order asked for it.',
  })
  actor(@Root() { actorText }: ChainOperation): ActorType | null {
    return actorText === null ? null : parseActor(actorText);
  }

  @FieldResolver(() => [OperationVote], {
    nullable: true,
    description: 'The votes that replace all earlier ones; null for every other kind.',
  })
  votes(@Root() { kind, details }: ChainOperation): OperationVote[] | null {
    if (kind !== 'VOTE') return null;
    return votesOf(details).map(({ witness, count }) => ({ witness, count: count.toString() }));
  }

  @FieldResolver(() => OperationTokens, {
    nullable: true,
    description: 'The tokens that it sends to `receiver`; null for every other kind.',
  })
  tokens(@Root() { kind, details }: ChainOperation): OperationTokens | null {
    if (kind !== 'TOKEN_TRANSFER') return null;
    const { contract, amount, feeLimitSun } = tokensOf(details);
    return { contract, amount, feeLimit: feeLimitSun };
  }

  @FieldResolver(() => IntendedPermissions, {
    nullable: true,
    description: 'The permissions that it sets; null for every other kind.',
  })
  permissions(@Root() { kind, details }: ChainOperation): IntendedPermissions | null {
    if (kind !== 'SET_PERMISSIONS') return null;
    const { owner, actives } = permissionsOf(details);
    return { owner: shown(owner), actives: actives.map(shown) };
  }
}

function shown(permission: Permission | ActivePermission): IntendedPermission {
  const { name, threshold, keys } = permission;
  return {
    name,
    threshold: threshold.toString(),
    keys: keys.map(({ address, weight }) => ({ address, weight: weight.toString() })),
    operations: 'operations' in permission ? permission.operations : null,
  };
}
