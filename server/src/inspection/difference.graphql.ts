import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, DateTime, Json, Sun, Txid } from '../graphql/scalars.ts';
import { ResourceEnum } from '../operations/operation.graphql.ts';
import type { Resource } from '../chain/transaction.ts';
import type { DifferenceKind, DifferenceState } from './difference-states.ts';

export const DifferenceKindEnum = enumeration<DifferenceKind>(
  'DifferenceKind',
  'In what way chain and books differ.',
  {
    DRIFT: 'A wallet has another sum delegated for Energy than the books say is lent.',
    ORPHAN_DELEGATION:
      'The chain has more delegated from a wallet to a receiver than the books know of.',
    MISSING_DELEGATION:
      'The books say that a wallet has delegated more to a receiver than the chain has.',
    FOREIGN_TRANSACTION: 'A wallet has made a transaction that the desk has not asked for.',
  },
);

export const DifferenceStateEnum = enumeration<DifferenceState>(
  'DifferenceState',
  'What is known of a difference.',
  {
    OPEN: 'Nobody has explained it.',
    EXPLAINED: 'Somebody has; it opens again when its figures change.',
    GONE: 'Chain and books agree again; it opens again when it comes back.',
  },
);

@ObjectType({
  description:
    'A place where the solid chain and the books do not say the same. It is never healed by itself.',
})
export class Difference {
  @Field(() => ID, { description: 'Id of the difference.' })
  declare id: string;

  @Field(() => DifferenceKindEnum, { description: 'In what way they differ.' })
  declare kind: DifferenceKind;

  @Field(() => DifferenceStateEnum, { description: 'What is known of it.' })
  declare state: DifferenceState;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'To whom it is delegated; null for DRIFT and FOREIGN_TRANSACTION.',
  })
  declare receiver: string | null;

  @Field(() => ResourceEnum, {
    nullable: true,
    description: 'The resource that the stake is for; null for FOREIGN_TRANSACTION.',
  })
  declare resource: Resource | null;

  @Field(() => Txid, { nullable: true, description: 'The transaction of a FOREIGN_TRANSACTION.' })
  declare txid: string | null;

  @Field(() => Sun, {
    nullable: true,
    description: 'Sun that the chain has delegated; null for FOREIGN_TRANSACTION.',
  })
  declare chain: bigint | null;

  @Field(() => Sun, {
    nullable: true,
    description: 'Sun that the books say is delegated; null for FOREIGN_TRANSACTION.',
  })
  declare books: bigint | null;

  @Field(() => Sun, {
    nullable: true,
    description: '`chain` less `books`, in sun, negative when the books have more.',
  })
  declare difference: bigint | null;

  @Field(() => Int, {
    description: 'Solid height of the last comparison, or of the foreign transaction’s block.',
  })
  declare block: number;

  @Field(() => Json, {
    description:
      'More of it: `lockedSun` of the pair, which cannot be taken back yet; of a transaction its `contract`, `timeMs` and `value`.',
  })
  declare details: unknown;

  @Field(() => String, { nullable: true, description: 'What somebody said explains it.' })
  declare note: string | null;

  @Field(() => DateTime, { description: 'When it was first found, by the database’s clock.' })
  declare firstSeenAt: Date;

  @Field(() => DateTime, { description: 'When it was last found, by the database’s clock.' })
  declare lastSeenAt: Date;

  /** Not in the schema: see `wallet`. */
  declare walletId: string;
}

@ObjectType({ description: 'An undelegation of stake that the books do not own.' })
export class OrphanReclaim {
  @Field(() => ID, { description: 'Id of it, and of its operation.' })
  declare id: string;

  @Field(() => Sun, { description: 'What is taken back, in sun.' })
  declare sun: bigint;

  @Field(() => String, { description: 'Why, as it was given.' })
  declare reason: string;

  @Field(() => ActorType, { description: 'Who asked for it.' })
  declare actor: ActorType;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;
}

@ObjectType({ description: 'A difference in a list.' })
export class DifferenceEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Difference, { description: 'The difference.' })
  declare node: Difference;
}

@ObjectType({ description: 'One page of differences, the newest first.' })
export class DifferenceConnection {
  @Field(() => [DifferenceEdge], { description: 'The page’s differences in order.' })
  declare edges: readonly DifferenceEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'A difference was found, explained, or is gone.' })
export class DifferenceChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;

  /** Not in the schema: see `difference`. */
  declare differenceId: string;
}

@ObjectType({
  description: 'What a wallet has delegated for Energy, on chain and by the books, in sun.',
})
export class WalletDrift {
  @Field(() => Sun, { description: 'By the account in the solid view of the chain.' })
  declare chain: bigint;

  @Field(() => Sun, { description: 'By the rentals that are out.' })
  declare books: bigint;

  @Field(() => Sun, { description: '`chain` less `books`; 0 when all is well.' })
  declare difference: bigint;

  @Field(() => Int, { description: 'Solid height at which they were compared.' })
  declare comparedAtBlock: number;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare comparedAt: Date;
}

@InputType({ description: 'Which differences; every condition that is given must hold.' })
export class DifferenceFilter {
  @Field(() => [DifferenceKindEnum], { nullable: true, description: 'One of these kinds.' })
  declare kinds?: DifferenceKind[] | null;

  @Field(() => [DifferenceStateEnum], { nullable: true, description: 'In one of these states.' })
  declare states?: DifferenceState[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this wallet.' })
  declare walletId?: string | null;
}

@InputType({ description: 'What explains a difference.' })
export class ExplainDifferenceInput {
  @Field(() => ID, { description: 'Which difference.' })
  declare differenceId: string;

  @Field(() => String, { description: 'What explains it, 1 to 500 characters.' })
  declare note: string;
}

@InputType({ description: 'Stake to take back that the books do not own.' })
export class ReclaimOrphanInput {
  @Field(() => ID, { description: 'Which ORPHAN_DELEGATION.' })
  declare differenceId: string;

  @Field(() => ID, {
    description: 'A key of your own, up to 128 characters: the same request is carried out once.',
  })
  declare clientId: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters.' })
  declare reason: string;
}
