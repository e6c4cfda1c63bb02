import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { PageInfo } from '../graphql/connection.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { CurrencyEnum, Money } from '../graphql/money.graphql.ts';
import { AddressScalar, Amount, DateTime } from '../graphql/scalars.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import type { SweepState } from './sweep-states.ts';

const SweepStateEnum = enumeration<SweepState>('SweepState', 'How far a sweep has come.', {
  FUELLING: 'TRX for its fee are on their way from the treasury.',
  SENDING: 'Its transfer is with the engine.',
  SETTLED: 'Solid: the treasury has it.',
  FAILED: 'Nothing was swept; `problem` says why. TRX for its fee may be on the address.',
});

@ObjectType({ description: 'One currency on one deposit address, and what it takes to sweep it.' })
export class SweepPlanItem {
  @Field(() => AddressScalar, { description: 'The deposit address.' })
  declare address: Address;

  @Field(() => Money, { description: 'What would arrive at the treasury.' })
  declare money: Money;

  @Field(() => Int, { description: 'Bytes of bandwidth that it uses.' })
  declare bandwidth: number;

  @Field(() => Int, { description: 'Energy that it uses.' })
  declare energy: number;

  @Field(() => Amount, { description: 'TRX that are burnt for it, activation included.' })
  declare burn: bigint;

  @Field(() => Amount, { description: 'TRX that the treasury sends there first; 0 for none.' })
  declare fuel: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is not worth it, or cannot be done now; null when it can be swept.',
  })
  declare skip: string | null;

  /** Not in the schema. */
  declare userId: string;
}

@ObjectType({ description: 'What a sweep of deposit addresses would bring and cost now.' })
export class SweepPlan {
  @Field(() => AddressScalar, { description: 'The treasury wallet, to which everything goes.' })
  declare to: Address;

  @Field(() => [SweepPlanItem], {
    description: 'Two for each address, those first on which the most came in.',
  })
  declare items: readonly SweepPlanItem[];

  @Field(() => Amount, { description: 'TRX of all items that can be swept.' })
  declare trx: bigint;

  @Field(() => Amount, { description: 'USDT of all items that can be swept.' })
  declare usdt: bigint;

  @Field(() => Amount, { description: 'TRX that all of them burn.' })
  declare burn: bigint;

  @Field(() => Amount, { description: 'TRX that the treasury has to send for all of them.' })
  declare fuel: bigint;
}

@ObjectType({ description: 'What one deposit address held, on its way to the treasury.' })
export class Sweep {
  @Field(() => ID, { description: 'Id of the sweep.' })
  declare id: string;

  @Field(() => AddressScalar, { description: 'The deposit address.' })
  declare address: Address;

  @Field(() => AddressScalar, { description: 'Where it goes.' })
  declare to: Address;

  @Field(() => Money, { description: 'What is swept.' })
  declare money: Money;

  @Field(() => Amount, { description: 'TRX that the treasury sends, or sent, there first.' })
  declare fuel: bigint;

  @Field(() => SweepStateEnum, { description: 'How far it has come.' })
  declare state: SweepState;

  @Field(() => String, { nullable: true, description: 'Why it failed; null otherwise.' })
  declare problem: string | null;

  @Field(() => ActorType, { description: 'Who asked for it.' })
  declare requestedBy: ActorType;

  @Field(() => String, { description: 'What they said.' })
  declare reason: string;

  @Field(() => DateTime, { description: 'When it was asked for, by the database’s clock.' })
  declare requestedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was settled or failed.' })
  declare endedAt: Date | null;

  /** Not in the schema. */
  declare operationId: string | null;
  /** Not in the schema. */
  declare fuelOperationId: string | null;
}

@ObjectType({ description: 'A sweep in a list.' })
export class SweepEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => Sweep, { description: 'The sweep.' })
  declare node: Sweep;
}

@ObjectType({ description: 'One page of sweeps, the newest first.' })
export class SweepConnection {
  @Field(() => [SweepEdge], { description: 'The page’s sweeps in order.' })
  declare edges: readonly SweepEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({
  description:
    'An account whose private side is sealed for the signer, so that its deposit addresses can be swept.',
})
export class DepositSeed {
  @Field(() => String, { description: 'Its extended public key, xpub….' })
  declare accountKey: string;

  @Field(() => Int, { description: 'How many deposit addresses are derived from it.' })
  declare addresses: number;

  @Field(() => DateTime, { description: 'When it was sealed.' })
  declare sealedAt: Date;
}

@InputType({ description: 'One currency on one deposit address.' })
export class SweepItemInput {
  @Field(() => AddressScalar, { description: 'The deposit address.' })
  declare address: Address;

  @Field(() => CurrencyEnum, { description: 'All of this currency that is there.' })
  declare currency: Currency;
}

@InputType({ description: 'What shall go to the treasury.' })
export class SweepInput {
  @Field(() => [SweepItemInput], { description: '1 to 50, each address once.' })
  declare items: SweepItemInput[];

  @Field(() => String, { description: 'Why, 1 to 500 characters.' })
  declare reason: string;

  @Field(() => String, {
    description:
      'Of your choice, 1 to 128 characters: the same with the same content is one sweep.',
  })
  declare clientId: string;
}

@InputType({ description: 'The private side of the account that deposit addresses come from.' })
export class RegisterDepositSeedInput {
  @Field(() => String, {
    description:
      'The extended private key (xprv…) of m/44’/195’/0’. Sealed at once; nothing ever shows it again.',
  })
  declare extendedPrivateKey: string;
}
