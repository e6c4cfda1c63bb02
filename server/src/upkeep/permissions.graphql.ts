import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, Amount, DateTime } from '../graphql/scalars.ts';
import type { Address } from '../chain/address.ts';
import type { PowerVerdict } from '../permissions/key-powers.ts';

const PowerVerdictEnum = enumeration<PowerVerdict>(
  'PowerVerdict',
  'How what the desk’s key can do fits what selling needs.',
  {
    CONFINED: 'It can delegate and take back, and nothing else.',
    TOO_MUCH: 'It can do more than selling needs: who steals it can do that too.',
    TOO_LITTLE: 'It cannot do what selling needs.',
  },
);

@ObjectType({ description: 'One signer of a permission.' })
export class PermissionSigner {
  @Field(() => AddressScalar, { description: 'The address of its key.' })
  declare address: Address;

  @Field(() => String, {
    description: 'What its signature weighs, a whole number as decimal digits.',
  })
  declare weight: string;
}

@ObjectType({ description: 'What somebody may do on behalf of an account.' })
export class AccountPermission {
  @Field(() => Int, { description: '0 is the owner’s, 2 and above are active ones.' })
  declare id: number;

  @Field(() => String, { description: 'What the account’s owner calls it.' })
  declare name: string;

  @Field(() => String, {
    description: 'Weight that signatures need together, a whole number as decimal digits.',
  })
  declare threshold: string;

  @Field(() => [PermissionSigner], { description: 'Who may sign.' })
  declare keys: readonly PermissionSigner[];

  @Field(() => [String], {
    description:
      'Contracts that it allows, by the chain’s names; empty for the owner, who may do everything.',
  })
  declare operations: readonly string[];
}

@ObjectType({ description: 'What an account allows whom, and what the desk’s key can do by it.' })
export class PermissionSet {
  @Field(() => AccountPermission, { description: 'Who owns the account and may do everything.' })
  declare owner: AccountPermission;

  @Field(() => [AccountPermission], { description: 'What others, or the same, may do.' })
  declare actives: readonly AccountPermission[];

  @Field(() => Boolean, {
    description: 'Whether the desk’s key alone owns the account: then it can do everything.',
  })
  declare owns: boolean;

  @Field(() => [String], {
    description:
      'Contracts that the desk’s key alone can sign beyond delegating and taking back, under any permission.',
  })
  declare beyond: readonly string[];

  @Field(() => [String], {
    description: 'Contracts that selling needs and that the desk’s key alone cannot sign.',
  })
  declare missing: readonly string[];

  @Field(() => PowerVerdictEnum, { description: 'What that means.' })
  declare verdict: PowerVerdict;
}

@ObjectType({ description: 'A wallet’s permissions, as last seen in the solid view.' })
export class WalletPermissions {
  @Field(() => PermissionSet, { description: 'Who may do what.' })
  declare set: PermissionSet;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'The address of the desk’s key for the wallet; null where it is not known.',
  })
  declare signer: Address | null;

  @Field(() => Int, {
    description: 'Permission that the desk signs under: 0 the owner’s, 2 and above active ones.',
  })
  declare permissionId: number;

  @Field(() => DateTime, { description: 'Chain time of the block it was looked at.' })
  declare observedAt: Date;

  @Field(() => Int, { description: 'Height of that block.' })
  declare observedBlock: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time at which another set was first seen; null when none ever was.',
  })
  declare changedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Height at which that was.' })
  declare changedBlock: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A change that the desk did not make and that nobody has taken note of (`notePermissionChange`).',
  })
  declare alarm: string | null;
}

@ObjectType({ description: 'Something that must hold before a key can be confined.' })
export class ConfinementCheck {
  @Field(() => String, { description: 'What is checked.' })
  declare name: string;

  @Field(() => Boolean, { description: 'Whether it holds.' })
  declare passed: boolean;

  @Field(() => String, { description: 'What was found, and what to do where it does not hold.' })
  declare detail: string;
}

@ObjectType({
  description:
    'What confining the desk’s key of a wallet would do: a permission update after which it can delegate and take back, and nothing else. Nothing has been done yet.',
})
export class ConfinementPlan {
  @Field(() => PermissionSet, { description: 'Who may do what now, by a node’s word.' })
  declare before: PermissionSet;

  @Field(() => PermissionSet, { description: 'Who could do what afterwards.' })
  declare after: PermissionSet;

  @Field(() => Int, { description: 'Permission that the desk would sign under afterwards.' })
  declare permissionAfter: number;

  @Field(() => [String], {
    description: 'Contracts that the desk’s key can sign now and could not sign afterwards.',
  })
  declare loses: readonly string[];

  @Field(() => Amount, { description: 'TRX that the chain burns for the update.' })
  declare fee: bigint;

  @Field(() => Amount, {
    description: 'TRX burnt at the most for its bytes, when no bandwidth is left.',
  })
  declare bandwidthFee: bigint;

  @Field(() => [ConfinementCheck], { description: 'What must hold.' })
  declare checks: readonly ConfinementCheck[];

  @Field(() => [String], { description: 'What to know before; sentences for people.' })
  declare warnings: readonly string[];

  @Field(() => Boolean, { description: 'Whether every check holds.' })
  declare possible: boolean;

  @Field(() => Boolean, {
    description:
      'Whether the key could do nothing but sell afterwards; false without a cold owner.',
  })
  declare confines: boolean;
}

@InputType({ description: 'A wallet whose key shall be able to delegate and take back only.' })
export class ConfineWalletInput {
  @Field(() => ID, { description: 'Which wallet.' })
  declare walletId: string;

  @Field(() => AddressScalar, {
    nullable: true,
    description:
      'Who alone owns the account from then on; the desk must not hold its key. Left out, the owner stays, and nothing is confined: only the permission that the desk signs under changes.',
  })
  declare coldOwner?: Address | null;

  @Field(() => String, { description: 'The wallet’s address, typed again.' })
  declare confirm: string;

  @Field(() => String, {
    description: 'Yours, 1 to 100 characters: the same with the same content is done once.',
  })
  declare clientId: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; kept with the operation.' })
  declare reason: string;
}

@InputType({ description: 'Somebody has looked at a change of permissions.' })
export class NotePermissionChangeInput {
  @Field(() => ID, { description: 'Which wallet.' })
  declare walletId: string;

  @Field(() => String, { description: 'What it was, 1 to 500 characters.' })
  declare reason: string;
}
