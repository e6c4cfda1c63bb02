import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { AddressScalar, Amount, DateTime, Energy, Sun } from '../graphql/scalars.ts';
import type { Address } from '../chain/address.ts';
import type { ProbeCheck, ProbedThing } from './probe-checks.ts';
import type { WalletState } from './wallet-states.ts';

const WalletStateEnum = enumeration<WalletState>(
  'WalletState',
  'Whether and how a wallet takes part in selling.',
  {
    ACTIVE: 'Sells and delivers.',
    DRAINING:
      'Sells no more, delivers what it has promised; its rentals run to their end and are taken back.',
    PAUSED:
      'Sells and delivers nothing. What it has promised and not sent goes to other wallets as soon as they have the Energy, or waits for it to come back, until the order’s deadline; what was sent is left to the chain. Rentals run to their end and are taken back.',
    QUARANTINED:
      'As PAUSED, because nodes refused it again and again, or a person said so. One that was quarantined by rule comes back by itself once a probe finds all in order; one that a person quarantined waits for a person.',
  },
);

@ObjectType({
  description:
    'What a wallet’s Energy stake is used for. Stake is exact, in sun; Energy is what it yields a day at the chain’s present ratio.',
})
export class Capacity {
  @Field(() => Sun, { description: 'All stake for Energy, delegated or not.' })
  declare staked: bigint;

  @Field(() => Sun, { description: 'Stake that is or can be delegated: not what recovers.' })
  declare sellable: bigint;

  @Field(() => Sun, { description: 'Promised to orders that are not delivered yet.' })
  declare reserved: bigint;

  @Field(() => Sun, { description: 'Delivered, and not yet taken back for good.' })
  declare rented: bigint;

  @Field(() => Sun, {
    description: 'Can be promised to an order; sold only while the wallet is ACTIVE.',
  })
  declare free: bigint;

  @Field(() => Sun, {
    description:
      'Free too, but kept back: no order takes it (settings wallets.reservePerMille and wallets.reserveSun).',
  })
  declare keptBack: bigint;

  @Field(() => Energy, { description: 'Of `staked`.' })
  declare stakedEnergy: bigint;

  @Field(() => Energy, { description: 'Of `reserved`.' })
  declare reservedEnergy: bigint;

  @Field(() => Energy, { description: 'Of `rented`.' })
  declare rentedEnergy: bigint;

  @Field(() => Energy, {
    description: 'Used up by renters and not yet recovered, which takes up to 24 hours.',
  })
  declare recoveringEnergy: bigint;

  @Field(() => Energy, { description: 'Of `free`.' })
  declare freeEnergy: bigint;

  @Field(() => Energy, { description: 'Of `keptBack`.' })
  declare keptBackEnergy: bigint;
}

const ProbedThingEnum = enumeration<ProbedThing>('ProbedThing', 'What a probe looks at.', {
  ACTIVATED: 'Whether the account is on the chain.',
  PERMISSION: 'Whether the desk’s key may delegate and undelegate for it.',
  BANDWIDTH: 'Whether it can pay a transaction, by bandwidth or TRX.',
  DELEGATION: 'Whether a node accepts a delegation, which is built and validated, and not sent.',
});

@ObjectType({ description: 'One thing that a probe looked at.' })
export class WalletProbeCheck implements ProbeCheck {
  @Field(() => ProbedThingEnum, { description: 'What.' })
  declare check: ProbedThing;

  @Field(() => Boolean, { description: 'Whether it is in order.' })
  declare passed: boolean;

  @Field(() => String, { description: 'What was found, in one English sentence.' })
  declare detail: string;
}

@ObjectType({ description: 'What the last probe of a quarantined wallet found on the chain.' })
export class WalletProbe {
  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;

  @Field(() => Boolean, { description: 'Whether all was in order.' })
  declare passed: boolean;

  @Field(() => [WalletProbeCheck], { description: 'Each thing that was looked at.' })
  declare checks: readonly WalletProbeCheck[];
}

@ObjectType({ description: 'Bandwidth of a wallet, in bytes. A delegation takes about 280.' })
export class WalletBandwidth {
  @Field(() => Int, { description: 'Left at the last observation, free and staked together.' })
  declare available: number;

  @Field(() => Int, { description: 'When all of it has recovered.' })
  declare limit: number;
}

@ObjectType({ description: 'A TRON account whose stake is sold.' })
export class Wallet {
  @Field(() => ID, { description: 'Id of the wallet.' })
  declare id: string;

  @Field(() => AddressScalar, { description: 'Its account on chain.' })
  declare address: string;

  @Field(() => String, { description: 'What operators call it.' })
  declare label: string;

  @Field(() => WalletStateEnum, { description: 'Whether it sells.' })
  declare state: WalletState;

  @Field(() => String, { nullable: true, description: 'Why it is in its state, as it was given.' })
  declare stateReason: string | null;

  @Field(() => WalletStateEnum, {
    nullable: true,
    description:
      'Of a wallet that was quarantined by rule: the state to which it returns by itself once a probe finds all in order. Null otherwise: of one that a person quarantined, too.',
  })
  declare quarantinedFrom: WalletState | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is probed next, by the database’s clock; null when it is not.',
  })
  declare nextProbeAt: Date | null;

  @Field(() => Amount, { description: 'TRX on chain that are not staked, from the solid view.' })
  declare balance: bigint;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time of the block it was last looked at; null before the first time.',
  })
  declare observedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Height of the block it was last looked at.' })
  declare observedBlock: number | null;

  @Field(() => DateTime, { description: 'When it was taken into the pool.' })
  declare registeredAt: Date;
}

@ObjectType({
  description: 'The pool as a whole, in Energy a day at the chain’s present ratio.',
})
export class Inventory {
  @Field(() => Energy, { description: 'Of all stake.' })
  declare staked: bigint;

  @Field(() => Energy, { description: 'Promised to orders that are not delivered yet.' })
  declare reserved: bigint;

  @Field(() => Energy, { description: 'Delivered, and not yet taken back for good.' })
  declare rented: bigint;

  @Field(() => Energy, { description: 'Used up by renters and not yet recovered.' })
  declare recovering: bigint;

  @Field(() => Energy, {
    description: 'Can be sold now: of ACTIVE wallets only, less what each keeps back.',
  })
  declare free: bigint;

  @Field(() => Energy, { description: 'Free Energy of ACTIVE wallets that no order takes.' })
  declare keptBack: bigint;

  @Field(() => Energy, {
    description:
      'The largest single order that can be delivered now: below `free` where it lies in many wallets, since 8 at most share an order.',
  })
  declare deliverable: bigint;

  @Field(() => Int, { description: 'Wallets in the pool, in any state.' })
  declare wallets: number;

  @Field(() => String, { description: 'Energy that one staked TRX yields a day, a decimal.' })
  declare energyPerTrx: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Chain time at which the next rental ends; null when none runs.',
  })
  declare nextReturnAt: Date | null;

  @Field(() => Energy, { nullable: true, description: 'Energy that ends at that moment.' })
  declare nextReturnEnergy: bigint | null;
}

@ObjectType({ description: 'The stock has changed.' })
export class InventoryChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;

  /** The wallet it began with; not in the schema. */
  declare walletId: string;
}

@InputType({ description: 'A wallet to take into the pool.' })
export class RegisterWalletInput {
  @Field(() => String, { description: 'What operators call it, 1 to 64 characters.' })
  declare label: string;

  @Field(() => String, {
    description: '64 hexadecimal digits. Sealed at once; nothing ever shows it again.',
  })
  declare privateKey: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Permission that the key signs under: 0 the owner’s, 2 and above active ones.',
  })
  declare permissionId: number;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'The account, when the key is only one of its permission’s keys.',
  })
  declare address?: Address | null;
}

@InputType({ description: 'A new state for a wallet.' })
export class SetWalletStateInput {
  @Field(() => ID, { description: 'Which wallet.' })
  declare walletId: string;

  @Field(() => WalletStateEnum, { description: 'Its state from now on.' })
  declare state: WalletState;

  @Field(() => String, { description: 'Why; kept in the wallet’s history.' })
  declare reason: string;
}
