import { Field, InputType, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, Amount } from '../graphql/scalars.ts';
import { OperationKindEnum, OperationStateEnum } from './operation.graphql.ts';
import type { OperationKind, OperationState } from './operation-states.ts';

export type OperationPurpose =
  'DELIVER' | 'RECLAIM' | 'WALLET' | 'WITHDRAWAL' | 'SWEEP' | 'SWEEP_FUEL';

export const OperationPurposeEnum = enumeration<OperationPurpose>(
  'OperationPurpose',
  'What an operation is for.',
  {
    DELIVER: 'Delivers a slice of an order.',
    RECLAIM: 'Takes a rental back.',
    WALLET: 'Works on a wallet’s own account: stake, votes, rewards, payments, permissions.',
    WITHDRAWAL: 'Pays money out to a user, or returns a deposit.',
    SWEEP: 'Brings what a derived deposit address holds to the treasury.',
    SWEEP_FUEL: 'Sends a derived deposit address TRX for the fee of that.',
  },
);

@ObjectType({ description: 'Votes for one witness.' })
export class OperationVote {
  @Field(() => AddressScalar, { description: 'The witness.' })
  declare witness: string;

  @Field(() => String, { description: 'Whole TRX of voting power, a decimal.' })
  declare count: string;
}

@ObjectType({ description: 'Tokens that an operation sends.' })
export class OperationTokens {
  @Field(() => AddressScalar, { description: 'The contract of the token.' })
  declare contract: string;

  @Field(() => Amount, { description: 'How many: USDT.' })
  declare amount: bigint;

  @Field(() => Amount, { description: 'The most TRX that the call may burn for its Energy.' })
  declare feeLimit: bigint;
}

@ObjectType({ description: 'One signer of a permission.' })
export class IntendedPermissionKey {
  @Field(() => AddressScalar, { description: 'Whose key it is.' })
  declare address: string;

  @Field(() => String, { description: 'What its signature weighs, a whole number.' })
  declare weight: string;
}

@ObjectType({ description: 'A permission as an operation sets it.' })
export class IntendedPermission {
  @Field(() => String, { description: 'Its name on chain.' })
  declare name: string;

  @Field(() => String, { description: 'Weight of signatures that it takes, a whole number.' })
  declare threshold: string;

  @Field(() => [IntendedPermissionKey], { description: 'Who signs for it.' })
  declare keys: readonly IntendedPermissionKey[];

  @Field(() => String, {
    nullable: true,
    description: 'Bitmap of the contract types, 64 hexadecimal digits; null for the owner’s.',
  })
  declare operations: string | null;
}

@ObjectType({ description: 'All permissions of an account, which replace those that it has.' })
export class IntendedPermissions {
  @Field(() => IntendedPermission, { description: 'May do everything.' })
  declare owner: IntendedPermission;

  @Field(() => [IntendedPermission], { description: 'Active ones; their ids are 2, 3, ….' })
  declare actives: readonly IntendedPermission[];
}

@InputType({ description: 'Which chain operations; what is left out does not matter.' })
export class OperationFilter {
  @Field(() => [OperationKindEnum], { nullable: true, description: 'Of these kinds.' })
  declare kind?: OperationKind[] | null;

  @Field(() => [OperationStateEnum], { nullable: true, description: 'In these states.' })
  declare state?: OperationState[] | null;

  @Field(() => OperationPurposeEnum, { nullable: true, description: 'For this purpose.' })
  declare purpose?: OperationPurpose | null;

  @Field(() => String, { nullable: true, description: 'Of the wallet with this id.' })
  declare walletId?: string | null;
}
