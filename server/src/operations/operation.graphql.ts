import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, DateTime, Json, Sun, Txid } from '../graphql/scalars.ts';
import type { Resource } from '../chain/transaction.ts';
import type { AttemptState, OperationKind, OperationState } from './operation-states.ts';

export const ResourceEnum = enumeration<Resource>('Resource', 'What stake on TRON yields.', {
  ENERGY: 'Pays for the work of contracts.',
  BANDWIDTH: 'Pays for the bytes of transactions.',
});

export const OperationKindEnum = enumeration<OperationKind>(
  'OperationKind',
  'An effect on the chain.',
  {
    DELEGATE: 'Lends the resource of staked TRX to an address.',
    UNDELEGATE: 'Takes it back.',
    FREEZE: 'Stakes TRX.',
    UNFREEZE: 'Begins to unstake; the TRX come back after the chain’s delay.',
    CANCEL_UNFREEZE: 'Stakes again everything that is being unstaked; what matured is collected.',
    WITHDRAW_EXPIRED: 'Collects unstaked TRX whose delay is over.',
    CLAIM_REWARDS: 'Collects voting rewards.',
    VOTE: 'Votes for super representatives with the staked TRX.',
    TRANSFER: 'Sends TRX.',
    TOKEN_TRANSFER: 'Sends tokens of a TRC-20 contract, USDT; see `tokens`.',
    SET_PERMISSIONS: 'Replaces the permissions of an account.',
  },
);

export const OperationStateEnum = enumeration<OperationState>(
  'OperationState',
  'How far an effect on the chain has come.',
  {
    INTENDED: 'Waits for an attempt.',
    ATTEMPTING: 'Has an attempt whose fate is open.',
    INCLUDED: 'In a head block, which a fork may still take away.',
    SOLID: 'In a solid block: for good.',
    ABANDONED:
      'Every attempt was proved dead, or failed in a solid block, and none will follow: it has no effect.',
    CANCELLED: 'Called back before anything was sent.',
  },
);

const AttemptStateEnum = enumeration<AttemptState>(
  'AttemptState',
  'How far one signed transaction has come.',
  {
    BUILT: 'Its bytes are stored; nobody has signed them.',
    SIGNED: 'Signed and stored; nothing was sent.',
    SENDING: 'Given to nodes, any number of times: in doubt until seen in a block or proved dead.',
    INCLUDED: 'In a head block.',
    SOLID: 'In a solid block: for good.',
    FAILED:
      'In a solid block, where the contract refused the call: it moved nothing and cost its fee.',
    DEAD: 'Can never land; `evidence` says why.',
  },
);

@ObjectType({
  description: 'One signed transaction for a chain operation; it has one txid for ever.',
})
export class Attempt {
  @Field(() => ID, { description: 'Id of the attempt.' })
  declare id: string;

  @Field(() => Int, { description: '1 for the first attempt of its operation.' })
  declare number: number;

  @Field(() => Txid, { description: 'Id of the transaction on chain.' })
  declare txid: string;

  @Field(() => AttemptStateEnum, { description: 'How far it has come.' })
  declare state: AttemptState;

  @Field(() => DateTime, { description: 'Chain time from which no block can hold it.' })
  declare expiresAt: Date;

  @Field(() => Int, { description: 'Height of the solid block that it refers to.' })
  declare refBlock: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was first given to a node.' })
  declare sentAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Height of the block that holds it.' })
  declare includedBlock: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was seen in a head block.' })
  declare includedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was seen in a solid block.' })
  declare solidAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was proved dead.' })
  declare deadAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What a node last said about it: for people, nothing is decided by it.',
  })
  declare lastAnswer: string | null;

  @Field(() => Json, {
    nullable: true,
    description: 'Proof of its death or failure, or that it was never sent.',
  })
  declare evidence: unknown;
}

@ObjectType({
  description: 'One intended effect on the chain, made to happen by as many attempts as it takes.',
})
export class ChainOperation {
  @Field(() => ID, { description: 'Id of the operation.' })
  declare id: string;

  @Field(() => OperationKindEnum, { description: 'Which effect.' })
  declare kind: OperationKind;

  @Field(() => OperationStateEnum, { description: 'How far it has come.' })
  declare state: OperationState;

  @Field(() => AddressScalar, { description: 'The account that acts.' })
  declare owner: string;

  @Field(() => AddressScalar, { nullable: true, description: 'The account acted upon, if any.' })
  declare receiver: string | null;

  @Field(() => Sun, {
    nullable: true,
    description: 'Stake or payment in sun, exact; null for a kind that names no amount.',
  })
  declare amount: bigint | null;

  @Field(() => ResourceEnum, {
    nullable: true,
    description: 'The resource it is about; null for a kind that names none.',
  })
  declare resource: Resource | null;

  @Field(() => DateTime, { description: 'When it was intended.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When its state last changed.' })
  declare updatedAt: Date;

  @Field(() => Int, { description: 'Transactions that were made for it so far.' })
  declare attemptCount: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'No transaction is made for it from then on; null when it is tried for ever.',
  })
  declare deadlineAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the last transaction could not be made, sent or landed, such as the signer’s refusal; null once the next one is sent.',
  })
  declare lastProblem: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was asked for, as it was given; null where an order asked for it.',
  })
  declare reason: string | null;

  /** What asked for it; not in the schema, like all that follow. */
  declare reference: string;
  declare purpose: string;
  declare details: unknown;
  declare actorText: string | null;
  declare walletId: string | null;
}

@ObjectType({ description: 'A chain operation in a list.' })
export class ChainOperationEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => ChainOperation, { description: 'The operation.' })
  declare node: ChainOperation;
}

@ObjectType({ description: 'One page of chain operations.' })
export class ChainOperationConnection {
  @Field(() => [ChainOperationEdge], { description: 'The page’s operations in order.' })
  declare edges: readonly ChainOperationEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}
